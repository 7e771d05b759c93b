/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Birth and end of what is remembered of a connection. */
#ifndef MYSQL_WIRE_CONNECTION_BPF_H
#define MYSQL_WIRE_CONNECTION_BPF_H

#include "account.bpf.h"
#include "encrypted.bpf.h"

static __always_inline void set_ipv4(u8 *address, u32 ipv4)
{
	u32 *words = (u32 *)address;

	words[0] = words[1] = 0;
	words[2] = bpf_htonl(0xffff);
	words[3] = ipv4;
}

/* Network namespace of a socket: containers may all have the same addresses. */
static __always_inline u32 namespace_of(struct sock *sk)
{
	struct net *net;

	if (!sk || !bpf_core_field_exists(sk->__sk_common.skc_net.net))
		return 0;
	net = sk->__sk_common.skc_net.net;
	return net ? net->ns.inum : 0;
}

/* Addresses of a socket as cgroup programs see it. */
static __always_inline void set_place(struct mysql_place *place, struct bpf_sock *sk)
{
	place->port = sk->src_port;
	place->namespace = namespace_of((struct sock *)bpf_skc_to_tcp_sock(sk));
	if (sk->family == AF_INET) {
		set_ipv4(place->server, sk->src_ip4);
		set_ipv4(place->backend, sk->dst_ip4);
		return;
	}
	for (int i = 0; i < 4; i++) {
		((u32 *)place->server)[i] = sk->src_ip6[i];
		((u32 *)place->backend)[i] = sk->dst_ip6[i];
	}
	/* Connections of link-local clients are bound to it: tcp_v6_route_req(). */
	place->zone = sk->bound_dev_if;
}

/*
 * mysqld has accepted the connection: it will close it one day, and sock_release gives its gauge
 * back. One that dies in the accept queue gets no gauge, for nobody would.
 */
static __always_inline void connection_accepted(struct tracked_connection *t)
{
	t->accepted = 1;
	open_gauge(t);
	update_gauge(t);
}

/*
 * Gives a connection its place and the positions where its streams begin, or where they are now.
 * Returns false if another CPU did.
 */
static __always_inline bool initialise(struct tracked_connection *t, struct mysql_place *place,
				       u32 client, u32 server, bool new)
{
	bool first;

	mask_backend(place);
	keep_zone_if_meant(place);
	bpf_spin_lock(&t->guard);
	first = !t->initialised;
	if (first) {
		__builtin_memcpy(&t->place, place, sizeof(*place));
		if (new)
			mysql_connection_new(&t->wire, client, server);
		else
			mysql_connection_older(&t->wire, client, server);
		t->initialised = 1;
	}
	bpf_spin_unlock(&t->guard);
	return first;
}

/* Bytes that mysqld sent, also those from before the backend was known, and rows. */
static __always_inline void count_sent(struct tracked_connection *t, u32 rows)
{
	struct backend_counters *counters = counters_of(t->backend);

	if (counters && t->waiting_bytes)
		count(&counters->bytes, t->waiting_bytes);
	if (counters && rows)
		count(&counters->rows, rows);
	/* Only mysqld's side adds to them. */
	t->waiting_bytes = 0;
}

/* mysqld closed the connection, in whatever way. Bytes it had handed over may still leave. */
static __always_inline void connection_closed(struct tracked_connection *t)
{
	bool known = t->known;

	if (t->closed)
		return;
	t->closed = 1;
	/* The last commands may have been among bytes that nobody read. */
	if (t->passed_over && t->wire.client.phase != CLIENT_OPAQUE &&
	    mysql_after(t->passed_end, t->wire.client.stream.next))
		count_lost(LOST_COMMAND_GAP, 1);
	/* Without a login that was answered: a port check, or a client that gave up. */
	backend_known(t, known ? t->backend : nameless_id(t, &t->closing), known, true);
	/* Nobody can tell any more what the last answers were. */
	if (!t->wire.server.stream.synced && mysql_commands_waiting(&t->wire))
		account_unclassified(t, mysql_commands_waiting(&t->wire));
	count_sent(t, 0);
	if (read_tls)
		session_ends(t);
	close_gauge(t);
}

#endif
