/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * The cgroup programs for kernels without bpf_loop(), that is before 5.17.
 *
 * Their verifier walks every round of a loop. So that rounds cost it next to nothing, they are in
 * a global function, which is verified once and alone (5.6 on); such a function gets nothing but
 * the packet, and finds its connection again.
 */
#ifndef MYSQL_WIRE_BEFORE_5_17_H
#define MYSQL_WIRE_BEFORE_5_17_H

#include "packets.bpf.h"

/*
 * Rounds of one segment: 64 KiB of rows of 5 bytes are 13,107 packets, read in 342 chunks. One call
 * makes several, because the verifier follows 8,192 jumps at most. They are counted in 64 bits: the
 * verifier of 5.10 forgets a number of 32 that the compiler puts on the stack.
 */
#define ROUNDS_OF_A_CALL 4
#define CALLS            3500

/* The walk as it stands between two rounds: all else is kept in the connection. */
static __always_inline bool find_again(struct __sk_buff *skb, struct walk *w)
{
	struct tracked_connection *t;
	struct tcp_segment s;
	struct bpf_sock *sk = skb->sk;

	if (!sk || !parse_segment(skb, &s))
		return false;
	sk = bpf_sk_fullsock(sk);
	if (!sk)
		return false;
	t = bpf_sk_storage_get(&connections, sk, 0, 0);
	if (!t)
		return false;
	w->t = t;
	w->payload = s.payload;
	return true;
}

/* Returns 1 when this CPU is alone. */
__attribute__((noinline)) int wait_rounds(struct __sk_buff *skb)
{
	struct walk w = {.skb = skb};

	if (!find_again(skb, &w))
		return 0;
	for (int i = 0; i < WAIT_ROUNDS_OF_CALL; i++)
		if (wait_for_ingress(i, &w))
			return 1;
	return 0;
}

static __always_inline void wait_in_calls(struct walk *w)
{
	for (int i = 0; i < WAIT_CALLS && !w->claimed; i++)
		w->claimed = wait_rounds(w->skb);
}

/* Returns 1 when the segment is done. */
__attribute__((noinline)) int command_rounds(struct __sk_buff *skb)
{
	struct walk w = {.skb = skb};

	if (!find_again(skb, &w))
		return 1;
	for (u64 i = 0; i < ROUNDS_OF_A_CALL; i++)
		if (client_round(&w, FROM_PACKET))
			return 1;
	return 0;
}

__attribute__((noinline)) int response_rounds(struct __sk_buff *skb)
{
	struct walk w = {.skb = skb};

	if (!find_again(skb, &w))
		return 1;
	for (u64 i = 0; i < ROUNDS_OF_A_CALL; i++)
		if (server_round(&w, FROM_PACKET))
			return 1;
	return 0;
}

SEC("?cgroup_skb/ingress")
int command_arrives_bounded(struct __sk_buff *skb)
{
	struct walk w = {.skb = skb};

	if (!command_begins(skb, &w, wait_in_calls))
		return PASS;
	if (w.t->wire.client.segment.walked) {
		for (int i = 0; i < CALLS; i++)
			if (command_rounds(skb))
				break;
		client_leaves(&w);
	}
	return command_ends(&w);
}

SEC("?cgroup_skb/egress")
int response_leaves_bounded(struct __sk_buff *skb)
{
	struct walk w = {.skb = skb};

	if (!response_begins(skb, &w))
		return PASS;
	if (w.t->wire.server.segment.walked)
		for (int i = 0; i < CALLS; i++)
			if (response_rounds(skb))
				break;
	server_ends(&w);
	return PASS;
}

#endif
