/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * The tracing tap: what mysqld hands to tcp_sendmsg() and TCP takes.
 *
 * It looks when tcp_sendmsg() returns, so that only bytes count that were taken: mysqld sends
 * without waiting and offers the rest of a short send again. What was taken is still in mysqld's
 * memory, and just ahead of where the iterator stands now.
 */
#ifndef MYSQL_WIRE_TCP_SENDMSG_H
#define MYSQL_WIRE_TCP_SENDMSG_H

#include "bytes_taken.bpf.h"
#include "connection.bpf.h"
#include "listeners.bpf.h"
#include "mysqld_process.bpf.h"
#include "records.bpf.h"
#include "walker.bpf.h"

static __always_inline void set_place_traced(struct mysql_place *place, struct sock *sk)
{
	place->port = sk->__sk_common.skc_num;
	place->namespace = namespace_of(sk);
	if (sk->__sk_common.skc_family == AF_INET) {
		set_ipv4(place->server, sk->__sk_common.skc_rcv_saddr);
		set_ipv4(place->backend, sk->__sk_common.skc_daddr);
		return;
	}
	bpf_probe_read_kernel(place->server, 16, &sk->__sk_common.skc_v6_rcv_saddr);
	bpf_probe_read_kernel(place->backend, 16, &sk->__sk_common.skc_v6_daddr);
	place->zone = sk->__sk_common.skc_bound_dev_if;
}

/* As track_new() of the cgroup programs, for a socket that sends. */
static __noinline struct tracked_connection *track_new_traced(struct sock *sk, struct tcp_sock *tcp,
							      u32 start)
{
	struct mysql_place place = {};
	struct tracked_connection *t;

	if (start != tcp->snd_una - (u32)tcp->bytes_acked)
		return NULL;
	if (within_cgroup && bpf_current_task_under_cgroup(&watched_cgroup, 0) != 1)
		return NULL;
	set_place_traced(&place, sk);
	if (!is_served(sk, &place))
		return NULL;
	t = bpf_sk_storage_get(&connections, sk, 0, BPF_SK_STORAGE_GET_F_CREATE);
	/* No memory, or another CPU was faster: bpf_local_storage_update() does not say which. */
	if (!t)
		t = bpf_sk_storage_get(&connections, sk, 0, 0);
	if (!t) {
		count_lost(LOST_MEMORY, 1);
		return NULL;
	}
	initialise(t, &place, tcp->rcv_nxt - (u32)tcp->bytes_received, start, true);
	return t;
}

/* Whether another copy of the program has walked these bytes. */
static __always_inline bool seen_already(struct tracked_connection *t, u32 end)
{
	if (!t || !t->initialised)
		return false;
	return !mysql_after(end, t->tls && t->tls != TLS_GIVEN_UP ? t->records.seen
								  : t->wire.server.stream.seen);
}

static __always_inline int bytes_sent(struct sock *sk, struct msghdr *msg, int taken)
{
	struct walk w = {};
	struct tracked_connection *t;
	struct tcp_sock *tcp;
	u32 start;

	tcp = bpf_skc_to_tcp_sock(sk);
	if (!tcp)
		return 0;
	start = tcp->write_seq - taken;
	t = bpf_sk_storage_get(&connections, sk, 0, 0);
	if (seen_already(t, start + taken))
		return 0;
	if (!t || !t->initialised)
		t = track_new_traced(sk, tcp, start);
	if (!t)
		return 0;
	if (!t->process_noted)
		note_process(t);
	w.t = t;
	w.memory = bytes_taken(msg, taken);
	t->wire.server.segment.start = start;
	t->wire.server.segment.length = taken;
	t->wire.server.segment.now = bpf_ktime_get_ns();
	if (read_tls && t->wire.server.phase == SERVER_GREETING)
		note_greeting(t, sk, w.memory);
	if (read_tls && is_encrypted(t)) {
		w.thread = current_thread(BPF_LOCAL_STORAGE_GET_F_CREATE);
		if (!w.thread) {
			count_lost(LOST_MEMORY, 1);
			return 0;
		}
		if (!join(&w, sk, tcp))
			return 0;
	}
	server_begins(&w);
	if (t->wire.server.segment.walked)
		bpf_loop(rounds(t->wire.server.segment.length), server_memory_round, &w, 0);
	if (read_tls && w.thread)
		session_answers(&w, tcp);
	server_ends(&w);
	return 0;
}

WALKERS(tcp_walkers);

#define COPY_OF_RESPONSE_SENT(name, copy)                                                          \
	SEC("fexit/tcp_sendmsg")                                                                   \
	int BPF_PROG(walk_response_sent_##copy, struct sock *sk, struct msghdr *msg, size_t size,  \
		     int taken)                                                                    \
	{                                                                                          \
		return bytes_sent(sk, msg, taken);                                                 \
	}                                                                                          \
	SEC("fexit/tcp_sendmsg")                                                                   \
	int BPF_PROG(name, struct sock *sk, struct msghdr *msg, size_t size, int taken)            \
	{                                                                                          \
		if (taken > 0 && watched(sk->__sk_common.skc_num))                                 \
			bpf_tail_call(ctx, &tcp_walkers, copy - 1);                                \
		return 0;                                                                          \
	}

COPY_OF_RESPONSE_SENT(response_sent, 1)
COPY_OF_RESPONSE_SENT(response_sent_2, 2)
COPY_OF_RESPONSE_SENT(response_sent_3, 3)
COPY_OF_RESPONSE_SENT(response_sent_4, 4)

#endif
