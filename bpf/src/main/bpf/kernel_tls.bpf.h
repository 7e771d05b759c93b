/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * Connections that the kernel encrypts (Documentation/networking/tls.rst): what mysqld sends passes
 * by tcp_sendmsg(), where the tracing tap looks. Its answers show in what the client acknowledges.
 */
#ifndef MYSQL_WIRE_KERNEL_TLS_H
#define MYSQL_WIRE_KERNEL_TLS_H

#include "mptcp.bpf.h"
#include "told.h"

/* Whether something stands between the socket and TCP: only then can mysqld send unseen. */
static __always_inline bool has_upper_protocol(struct bpf_sock *sk)
{
	struct tcp_sock *tcp = sk ? bpf_skc_to_tcp_sock(sk) : NULL;

	return tcp && ((struct inet_connection_sock *)tcp)->icsk_ulp_ops;
}

/* A packet of the client of an encrypted connection. */
static __always_inline void look_for_kernel_tls(struct tracked_connection *t, struct bpf_sock *sk,
						u32 acknowledged)
{
	if (t->tls != TLS_GIVEN_UP && mysql_after(acknowledged, t->records.seen) &&
	    has_upper_protocol(sk)) {
		mysql_untold(&t->wire, OPAQUE_KTLS);
		t->tls = TLS_GIVEN_UP;
		session_ends(t);
	}
	if (t->wire.opaque == OPAQUE_KTLS + 1)
		count_unseen_answer(t, acknowledged);
}

#endif
