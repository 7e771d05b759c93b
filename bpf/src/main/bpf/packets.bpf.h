/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * What every cgroup program does before and after the rounds over its packet, however those are
 * made: with bpf_loop(), or without (before_5_17.bpf.h).
 */
#ifndef MYSQL_WIRE_PACKETS_BPF_H
#define MYSQL_WIRE_PACKETS_BPF_H

#include "kernel_tls.bpf.h"
#include "tracking.bpf.h"
#include "walk.bpf.h"

#define PASS 1

/* Tries to be the only one to read bytes of this client. */
static __always_inline bool claim_ingress(struct tracked_connection *t)
{
	bool alone;

	bpf_spin_lock(&t->guard);
	alone = !t->ingress_busy;
	/* Not if it is set: its owner may clear it right now, without the lock. */
	if (alone)
		t->ingress_busy = 1;
	bpf_spin_unlock(&t->guard);
	/* What the last owner wrote is read behind this, see command_ends(). */
	mysql_barrier(&t->wire.order);
	return alone;
}

/*
 * Rounds to wait for another CPU. It is in a softirq, so it goes on without a break and is through
 * in microseconds; the bound is for a virtual CPU that its host has stopped.
 */
#define WAIT_ROUNDS         (1 << 16)
#define WAIT_ROUNDS_OF_CALL 128
#define WAIT_CALLS          (WAIT_ROUNDS / WAIT_ROUNDS_OF_CALL)

static long wait_for_ingress(u32 round, void *walk)
{
	struct walk *w = walk;
	struct tracked_connection *t = w->t;

	if (!*(volatile u8 *)&t->ingress_busy)
		w->claimed = claim_ingress(t);
	return w->claimed;
}

/*
 * Whether TCP has the bytes that seem to be missing: this hook did not get to read them, and they
 * will not come again.
 */
static __always_inline bool hole_was_filled(struct walk *w)
{
	struct bpf_sock *sk = w->skb->sk ? bpf_sk_fullsock(w->skb->sk) : NULL;
	struct bpf_tcp_sock *tcp = sk ? bpf_tcp_sock(sk) : NULL;

	return tcp && mysql_after(tcp->rcv_nxt, w->t->wire.client.stream.next);
}

/*
 * Two CPUs can be here for one connection at once: this hook runs before the socket is locked
 * (tcp_filter() in tcp_v4_rcv()), and a receive queue may move from one CPU to another, as
 * loopback's does with the client's thread.
 */
static __always_inline bool command_begins(struct __sk_buff *skb, struct walk *w,
					   void (*wait)(struct walk *))
{
	struct tracked_connection *t;
	struct tcp_segment s;

	if (!find_connection(skb, true, &s, &t))
		return false;
	w->t = t;
	w->claimed = claim_ingress(t);
	if (!w->claimed)
		wait(w);
	if (!w->claimed) {
		/* Within a long command nothing is lost by that; if it is, hole_was_filled() tells,
		 * or an answer that nobody asked for, or the end of the connection. */
		t->passed_end = s.sequence + s.length;
		t->passed_over = 1;
		return false;
	}
	w->payload = s.payload;
	if (read_tls && t->tls)
		look_for_kernel_tls(t, skb->sk ? bpf_sk_fullsock(skb->sk) : NULL, s.acknowledged);
	set_segment(&t->wire.client.segment, &s);
	client_begins(w);
	if (t->wire.client.segment.ahead && hole_was_filled(w)) {
		t->wire.client.segment.ahead = 0;
		client_missed(w);
	}
	return true;
}

static __always_inline int command_ends(struct walk *w)
{
	client_ends(w);
	mysql_barrier(&w->t->wire.order);
	*(volatile u8 *)&w->t->ingress_busy = 0;
	return PASS;
}

static __always_inline bool response_begins(struct __sk_buff *skb, struct walk *w)
{
	struct tracked_connection *t;
	struct tcp_segment s;

	if (!find_connection(skb, false, &s, &t))
		return false;
	w->t = t;
	w->payload = s.payload;
	set_segment(&t->wire.server.segment, &s);
	server_begins(w);
	return true;
}

#endif
