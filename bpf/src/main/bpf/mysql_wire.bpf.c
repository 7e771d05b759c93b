/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * The kernel programs: what clients ask, what mysqld answers, when a connection ends, where mysqld
 * listens, and how long it waits for its disks.
 *
 * They watch and count, and never change, delay or drop a packet: every path of the cgroup
 * programs returns 1.
 */
#include "before_5_17.bpf.h"
#include "exec.bpf.h"
#include "fsync.bpf.h"
#include "packets.bpf.h"
#include "parked.bpf.h"
#include "server_functions.bpf.h"
#include "tcp_sendmsg.bpf.h"
#include "unix_socket.bpf.h"

static __always_inline void wait_in_loop(struct walk *w)
{
	bpf_loop(WAIT_ROUNDS, wait_for_ingress, w, 0);
}

SEC("cgroup_skb/ingress")
int command_arrives(struct __sk_buff *skb)
{
	struct walk w = {.skb = skb};

	if (!command_begins(skb, &w, wait_in_loop))
		return PASS;
	if (w.t->wire.client.segment.ahead)
		park(&w);
	if (w.t->wire.client.segment.walked) {
		bpf_loop(rounds(w.t->wire.client.segment.length), client_packet_round, &w, 0);
		client_leaves(&w);
		if (w.t->wire.client.parked)
			go_on_with_parked(&w);
	}
	return command_ends(&w);
}

SEC("cgroup_skb/egress")
int response_leaves(struct __sk_buff *skb)
{
	struct walk w = {.skb = skb};

	if (!response_begins(skb, &w))
		return PASS;
	if (w.t->wire.server.segment.walked)
		bpf_loop(rounds(w.t->wire.server.segment.length), server_packet_round, &w, 0);
	server_ends(&w);
	return PASS;
}

SEC("cgroup/sock_release")
int connection_closes(struct bpf_sock *sk)
{
	struct tracked_connection *t = bpf_sk_storage_get(&connections, sk, 0, 0);

	if (t)
		connection_closed(t);
	else
		listener_closed(sk);
	return PASS;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
