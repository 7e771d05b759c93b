/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Which connection a packet belongs to; the first packet of one makes it. */
#ifndef MYSQL_WIRE_TRACKING_BPF_H
#define MYSQL_WIRE_TRACKING_BPF_H

#include "connection.bpf.h"
#include "listeners.bpf.h"
#include "mptcp.bpf.h"
#include "segment.bpf.h"

/*
 * Whether mysqld has yet to close the connection, and will be seen doing so. What it leaves behind
 * may go on for minutes, with bytes that its client does not acknowledge.
 */
static __always_inline bool is_open(struct bpf_sock *sk)
{
	return sk->state == BPF_TCP_ESTABLISHED || sk->state == BPF_TCP_SYN_RECV ||
	       sk->state == BPF_TCP_CLOSE_WAIT;
}

/*
 * Makes the connection of a socket, on the first bytes of either side that pass by.
 *
 * From its first byte on it is known if these are the first bytes of their stream. Which side is
 * seen first does not matter: the tracing tap looks after the fact, when the client may have
 * answered already. A function of its own, for the stack it takes.
 *
 * holder: the socket that mysqld holds, which is sk unless that is a subflow of MPTCP
 * opaque: nothing of it is to be read, and nobody will see it end: it gets no gauge
 */
static __noinline struct tracked_connection *track_new(struct bpf_sock *sk, void *holder,
						       const struct tcp_segment *s,
						       bool from_client, bool opaque)
{
	struct bpf_tcp_sock *tcp = bpf_tcp_sock(sk);
	struct mysql_place place = {};
	struct tracked_connection *t;
	u32 client, server;
	bool new;

	if (!tcp || !is_open(sk))
		return NULL;
	client = tcp->rcv_nxt - (u32)tcp->bytes_received;
	server = tcp->snd_una - (u32)tcp->bytes_acked;
	new = from_client ? s->sequence == client : s->sequence == server;
	if (!new && !from_client)
		return NULL;
	set_place(&place, sk);
	if (!is_served((struct sock *)bpf_skc_to_tcp_sock(sk), &place))
		return NULL;
	t = bpf_sk_storage_get(&connections, holder, 0, BPF_SK_STORAGE_GET_F_CREATE);
	/* No memory, or another CPU was faster: bpf_local_storage_update() does not say which. */
	if (!t)
		t = bpf_sk_storage_get(&connections, holder, 0, 0);
	if (!t) {
		count_lost(LOST_MEMORY, 1);
		return NULL;
	}
	if (!new) {
		client = s->sequence;
		server = s->acknowledged;
	}
	if (!initialise(t, &place, client, server, new))
		return t;
	if (opaque) {
		t->accepted = 1;
		make_opaque(t);
	}
	if (!new) {
		backend_known(t, nameless_id(t, &t->arriving), false, false);
		if (!opaque)
			connection_accepted(t);
	}
	return t;
}

/* The connection of a subflow; NULL when this packet is not to be read. */
static __always_inline struct tracked_connection *track_subflow(struct __sk_buff *skb,
								struct bpf_sock *sk,
								const struct tcp_segment *s,
								bool from_client)
{
	struct mptcp_sock *held = held_socket(sk);
	struct tracked_connection *t;

	if (!held)
		return track_new(sk, sk, s, from_client, true);
	t = bpf_sk_storage_get(&connections, held, 0, 0);
	if (!t || !t->initialised)
		t = track_new(sk, held, s, from_client, false);
	if (!t)
		return NULL;
	if (tracing || has_more_subflows(held))
		make_opaque(t);
	if (!on_first_subflow(t, bpf_get_socket_cookie(skb)))
		return NULL;
	if (tracing)
		count_unseen_answer(t, s->acknowledged);
	return t;
}

static __always_inline struct tracked_connection *
track(struct __sk_buff *skb, struct bpf_sock *sk, const struct tcp_segment *s, bool from_client)
{
	struct tracked_connection *t = bpf_sk_storage_get(&connections, sk, 0, 0);

	if (t && t->initialised)
		return t;
	return is_subflow(sk) ? track_subflow(skb, sk, s, from_client)
			      : track_new(sk, sk, s, from_client, false);
}

/* The packet's segment and its connection; false for what is none of ours. */
static __always_inline bool find_connection(struct __sk_buff *skb, bool from_client,
					    struct tcp_segment *s, struct tracked_connection **t)
{
	struct bpf_sock *sk;

	if (!watched(skb->local_port) || !parse_segment(skb, s))
		return false;
	sk = skb->sk;
	if (!sk)
		return false;
	sk = bpf_sk_fullsock(sk);
	if (!sk)
		return false;
	*t = track(skb, sk, s, from_client);
	return *t;
}

static __always_inline void set_segment(struct mysql_segment *segment, const struct tcp_segment *s)
{
	segment->start = s->sequence;
	segment->length = s->length;
	segment->acknowledged = s->acknowledged;
	segment->now = bpf_ktime_get_ns();
}

#endif
