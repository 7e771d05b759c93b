/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* From what a packet meant to the maps. */
#ifndef MYSQL_WIRE_ACCOUNT_H
#define MYSQL_WIRE_ACCOUNT_H

#include "login.bpf.h"

/* Index of the first bucket whose bound is not below ns: le is inclusive, as in Prometheus. */
static __always_inline u32 latency_bucket(u64 ns)
{
	u64 us = (ns + 999) / 1000;
	u32 log2 = 0;

	if (us <= 1 << LATENCY_FIRST_LOG2_US)
		return 0;
	us--;
	if (us >> 32)
		return LATENCY_BUCKETS - 1;
	if (us >> 16) {
		us >>= 16;
		log2 += 16;
	}
	if (us >> 8) {
		us >>= 8;
		log2 += 8;
	}
	if (us >> 4) {
		us >>= 4;
		log2 += 4;
	}
	if (us >> 2) {
		us >>= 2;
		log2 += 2;
	}
	log2 += us >> 1;
	log2 += 1 - LATENCY_FIRST_LOG2_US;
	return log2 < LATENCY_BUCKETS ? log2 : LATENCY_BUCKETS - 1;
}

/*
 * ns between two readings of CLOCK_MONOTONIC. The later one may be of a CPU that read its clock
 * before the other one stored what it had read: no time then.
 */
static __always_inline u64 since(u64 before, u64 now)
{
	return now > before ? now - before : 0;
}

static __noinline void count_error(u32 backend, u8 type, u16 code)
{
	struct error_key key = {.backend = backend, .code = code, .type = type};
	struct backend_counters *counters;
	u64 one = 1, *counter = bpf_map_lookup_elem(&errors, &key);

	if (!counter) {
		if (bpf_map_update_elem(&errors, &key, &one, BPF_NOEXIST) == 0)
			return;
		counter = bpf_map_lookup_elem(&errors, &key);
	}
	if (counter) {
		count(counter, 1);
		return;
	}
	count_lost(LOST_RESPONSES_FULL, 1);
	counters = counters_of(backend);
	if (counters && type < RESPONSE_TYPES)
		count(&counters->responses[type], 1);
}

static __always_inline void account_unclassified(struct tracked_connection *t, u32 n)
{
	struct backend_counters *counters;
	u32 reason = t->wire.opaque ? t->wire.opaque - 1 : OPAQUE_DESYNCED;

	if (!t->known)
		mysqld_decides(t, 0);
	counters = counters_of(t->backend);
	if (counters && reason < OPAQUE_REASONS)
		count(&counters->unclassified[reason], n);
}

/* A packet of mysqld. */
static __always_inline void account_response(struct tracked_connection *t,
					     const struct mysql_outcome *out, u64 now)
{
	bool login =
		out->response == RESPONSE_AUTH_OK + 1 || out->response == RESPONSE_AUTH_ERR + 1;
	struct backend_counters *counters;
	u32 id;

	if (login || (undecided(t) && (out->response || out->first)))
		id = mysqld_decides(t, out->response);
	else
		id = t->backend;
	if (out->response == RESPONSE_AUTH_ERR + 1 || out->response == RESPONSE_ERR + 1 ||
	    out->response == RESPONSE_DISCONNECT + 1)
		count_error(id, out->response - 1, out->error_code);
	counters = counters_of(t->backend);
	if (!counters)
		return;
	if (out->response &&
	    !(out->response == RESPONSE_AUTH_ERR + 1 || out->response == RESPONSE_ERR + 1 ||
	      out->response == RESPONSE_DISCONNECT + 1)) {
		u32 type = out->response - 1;

		if (type < RESPONSE_TYPES)
			count(&counters->responses[type], 1);
	}
	if (out->first) {
		u64 ns = since(out->arrived, now);
		u32 bucket = latency_bucket(ns);

		if (bucket < LATENCY_BUCKETS)
			count(&counters->latency[bucket], 1);
		count(&counters->latency_ns, ns);
	}
	if (out->answered)
		count(&counters->command_ns, since(out->arrived, now));
	if (out->unclassified)
		account_unclassified(t, out->unclassified);
	if (out->malformed)
		count_lost(LOST_MALFORMED, 1);
	if (out->unasked)
		count_lost(LOST_COMMAND_GAP, 1);
}

static __always_inline void count_command(struct tracked_connection *t, u32 class)
{
	struct backend_counters *counters;

	if (undecided(t) && count_early(t, class))
		return;
	counters = counters_of(t->backend);
	if (counters && class < COMMAND_CLASSES)
		count(&counters->commands[class], 1);
}

/* A packet of the client. */
static __always_inline void account_command(struct tracked_connection *t,
					    const struct mysql_outcome *out)
{
	if (out->proxied && proxy_protocol)
		take_source(t);
	/* One that is encrypted is not known yet. */
	if (out->login && !(read_tls && t->wire.opaque == OPAQUE_TLS + 1))
		login_arrives(t);
	if (out->command)
		count_command(t, out->command - 1);
	if (out->change_user)
		ask(t);
	if (out->pipeline_full)
		count_lost(LOST_PIPELINE_FULL, 1);
	if (out->malformed)
		count_lost(LOST_MALFORMED, 1);
}

#endif
