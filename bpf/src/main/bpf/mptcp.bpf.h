/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * Multipath TCP (RFC 8684). mysqld holds one socket, and TCP sockets below it, the subflows, carry
 * the bytes. Programs on packets see the subflows, sock_release sees the socket that mysqld holds:
 * what is remembered is kept with that one.
 *
 * On a single subflow the bytes are those of the conversation. With a second one no path need have
 * all of them, and the tracing tap sees none, for MPTCP sends past tcp_sendmsg(): such connections
 * are opaque.
 */
#ifndef MYSQL_WIRE_MPTCP_H
#define MYSQL_WIRE_MPTCP_H

#include "connection.bpf.h"

static __always_inline bool is_subflow(struct bpf_sock *sk)
{
	struct tcp_sock *tcp = bpf_skc_to_tcp_sock(sk);

	return tcp && bpf_core_field_exists(tcp->is_mptcp) && tcp->is_mptcp;
}

/* The socket that mysqld holds above a subflow; NULL before 5.19, which can't tell. */
static __always_inline struct mptcp_sock *held_socket(struct bpf_sock *sk)
{
	if (!bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_skc_to_mptcp_sock))
		return NULL;
	return bpf_skc_to_mptcp_sock(sk);
}

static __always_inline void make_opaque(struct tracked_connection *t)
{
	t->wire.opaque = OPAQUE_MPTCP + 1;
}

/*
 * A packet of the client in the tracing tap, which does not see the answers. Those that were given
 * show in what the client acknowledges.
 */
static __always_inline void count_unseen_answer(struct tracked_connection *t, u32 acknowledged)
{
	struct mysql_client *client = &t->wire.client;

	if (!mysql_after(acknowledged, client->acknowledged))
		return;
	client->acknowledged = acknowledged;
	account_unclassified(t, 1);
	if (!t->accepted)
		connection_accepted(t);
}

static __always_inline bool has_more_subflows(struct mptcp_sock *held)
{
	struct mptcp_pm_data___before_6_18 *before = (void *)&held->pm;

	if (bpf_core_field_exists(held->pm.extra_subflows))
		return held->pm.extra_subflows;
	return bpf_core_field_exists(before->subflows) && before->subflows;
}

/*
 * Whether this packet is of the first subflow. The others' positions are their own and would make
 * no sense beside those.
 */
static __always_inline bool on_first_subflow(struct tracked_connection *t, u64 subflow)
{
	if (!t->subflow)
		t->subflow = subflow;
	return t->subflow == subflow;
}

#endif
