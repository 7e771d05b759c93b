/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * Unix-domain connections, with the tracing tap: what mysqld sends to and receives from a socket
 * that it accepted. Other sockets are let go when they turn out to have no storage of programs.
 *
 * Both directions are read where mysqld's own call returns. So a command is read in the thread that
 * is about to carry it out, before that can answer; and whatever the client sends with, its bytes
 * are in the one buffer that mysqld has for them. That they have arrived is seen a moment earlier,
 * when the client's call returns: a mysqld that does not come to receive them has a command in
 * flight all the same.
 *
 * No byte is lost or sent twice, so the position of one is the number of those before it.
 */
#ifndef MYSQL_WIRE_UNIX_STREAM_H
#define MYSQL_WIRE_UNIX_STREAM_H

#include "bytes_taken.bpf.h"
#include "unix_call.bpf.h"
#include "unix_older.bpf.h"
#include "walk.bpf.h"
#include "walker.bpf.h"

static long unix_client_round(u32 round, void *walk)
{
	return client_round(walk, FROM_MEMORY);
}

static long unix_server_round(u32 round, void *walk)
{
	return server_round(walk, FROM_MEMORY);
}

/* The connection that is kept with a socket; NULL for nearly all sockets of a host. */
static __always_inline struct tracked_connection *unix_connection(struct sock *sk)
{
	if (!sk || !sk->sk_bpf_storage)
		return NULL;
	return bpf_sk_storage_get(&connections, sk, 0, 0);
}

/*
 * Whether a greeting begins here, or an error in its place. X protocol's socket has neither, nor
 * has that of another program which calls itself mysqld.
 */
static __always_inline bool is_greeting(u64 bytes, u32 length)
{
	u8 head[MYSQL_HEADER + 1] = {};

	if (length < sizeof(head) || bpf_probe_read_user(head, sizeof(head), (void *)bytes))
		return false;
	return head[MYSQL_HEADER] == PACKET_ERR ||
	       (head[MYSQL_HEADER - 1] == 0 && head[MYSQL_HEADER] == PACKET_PROTOCOL_10);
}

/* mysqld sends for the first time. */
static __noinline bool track_new_unix(struct tracked_connection *t, struct sock *sk, u64 bytes,
				      u32 length)
{
	struct mysql_place place = {};

	if (t->unix_end.older)
		return false;
	if (!is_greeting(bytes, length) || !set_unix_place(&place, sk)) {
		bpf_sk_storage_delete(&connections, sk);
		return false;
	}
	initialise(t, &place, 0, 0, true);
	return true;
}

static __always_inline void server_sent(struct tracked_connection *t, struct sock *sk,
					struct msghdr *msg, u32 taken)
{
	struct mysql_segment *segment = &t->wire.server.segment;
	struct walk w = {.t = t, .memory = bytes_taken(msg, taken)};

	if (!t->initialised && !track_new_unix(t, sk, w.memory, taken))
		return;
	segment->start = t->wire.server.stream.seen;
	segment->length = taken;
	segment->now = bpf_ktime_get_ns();
	server_begins(&w);
	if (segment->walked)
		bpf_loop(rounds(taken), unix_server_round, &w, 0);
	server_ends(&w);
}

/* Shows a command in flight that mysqld has yet to receive, unless others are in flight. */
static __always_inline void show_unread(struct tracked_connection *t, struct sock *server)
{
	u32 slot = t->slot, index = slot - 1;
	struct connection_gauge *gauge = slot ? bpf_map_lookup_elem(&gauges, &index) : NULL;
	struct mysql_waiting waiting = {};
	u64 now = bpf_ktime_get_ns();

	if (!gauge)
		return;
	bpf_spin_lock(&t->guard);
	if (t->slot == slot && server->sk_receive_queue.qlen) {
		t->unix_end.sent_at = now;
		if (!t->unix_end.unread_since)
			t->unix_end.unread_since = now;
		mysql_waiting(&t->wire, &waiting);
		if (!waiting.commands) {
			waiting.commands = 1;
			waiting.oldest = t->unix_end.unread_since;
			gauge->waiting = packed(&waiting);
		}
	}
	bpf_spin_unlock(&t->guard);
}

/* Somebody sends, who may be a client of mysqld. */
static __always_inline void client_sent(struct sock *sk)
{
	struct unix_sock *u = bpf_skc_to_unix_sock(sk);
	struct tracked_connection *t;
	struct sock *server;

	if (!u)
		return;
	server = u->peer;
	t = unix_connection(server);
	if (t && t->initialised)
		show_unread(t, server);
}

/* When the bytes that mysqld has received arrived; what is left in its queue has yet to be. */
static __always_inline u64 arrival(struct tracked_connection *t, struct sock *sk)
{
	u64 arrived = bpf_ktime_get_ns();

	bpf_spin_lock(&t->guard);
	if (t->unix_end.unread_since)
		arrived = t->unix_end.sent_at;
	if (!sk->sk_receive_queue.qlen)
		t->unix_end.unread_since = 0;
	bpf_spin_unlock(&t->guard);
	return arrived;
}

static __always_inline void server_received(struct tracked_connection *t, struct sock *sk,
					    struct msghdr *msg, u32 asked, u32 taken)
{
	struct mysql_segment *segment = &t->wire.client.segment;
	struct walk w = {.t = t, .memory = bytes_taken(msg, taken)};

	/* Whoever speaks before the server does is no client of MySQL. */
	if (!t->initialised && !t->unix_end.older) {
		bpf_sk_storage_delete(&connections, sk);
		return;
	}
	segment->start = t->wire.client.stream.seen;
	segment->length = taken;
	segment->now = arrival(t, sk);
	segment->acknowledged = t->wire.server.stream.seen;
	if (!t->wire.client.stream.synced && t->wire.client.phase != CLIENT_OPAQUE &&
	    !in_step(t, sk, segment, w.memory, asked))
		return;
	client_begins(&w);
	if (segment->walked) {
		bpf_loop(rounds(taken), unix_client_round, &w, 0);
		client_leaves(&w);
	}
	client_ends(&w);
}

WALKERS(unix_sent_walkers);
WALKERS(unix_received_walkers);

#define COPY_OF_UNIX_SENT(copy)                                                                    \
	SEC("fexit/unix_stream_sendmsg")                                                           \
	int BPF_PROG(walk_unix_sent_##copy, struct socket *socket, struct msghdr *msg,             \
		     size_t size, int taken)                                                       \
	{                                                                                          \
		struct tracked_connection *t = unix_connection(socket->sk);                        \
                                                                                                   \
		if (t)                                                                             \
			server_sent(t, socket->sk, msg, taken);                                    \
		return 0;                                                                          \
	}                                                                                          \
	SEC("fexit/unix_stream_sendmsg")                                                           \
	int BPF_PROG(unix_sent_##copy, struct socket *socket, struct msghdr *msg, size_t size,     \
		     int taken)                                                                    \
	{                                                                                          \
		struct tracked_connection *t;                                                      \
                                                                                                   \
		if (taken <= 0)                                                                    \
			return 0;                                                                  \
		t = unix_connection(socket->sk);                                                   \
		if (!t && copy == 1 && socket->sk)                                                 \
			client_sent(socket->sk);                                                   \
		if (t && is_new_call(&t->unix_end.sent, copy, msg, taken))                         \
			bpf_tail_call(ctx, &unix_sent_walkers, copy - 1);                          \
		return 0;                                                                          \
	}

#define COPY_OF_UNIX_RECEIVED(copy)                                                                \
	SEC("fexit/unix_stream_recvmsg")                                                           \
	int BPF_PROG(walk_unix_received_##copy, struct socket *socket, struct msghdr *msg,         \
		     size_t size, int flags, int taken)                                            \
	{                                                                                          \
		struct tracked_connection *t = unix_connection(socket->sk);                        \
                                                                                                   \
		if (t)                                                                             \
			server_received(t, socket->sk, msg, size, taken);                          \
		return 0;                                                                          \
	}                                                                                          \
	SEC("fexit/unix_stream_recvmsg")                                                           \
	int BPF_PROG(unix_received_##copy, struct socket *socket, struct msghdr *msg, size_t size, \
		     int flags, int taken)                                                         \
	{                                                                                          \
		struct tracked_connection *t;                                                      \
                                                                                                   \
		if (taken <= 0 || flags & (MSG_PEEK | MSG_OOB))                                    \
			return 0;                                                                  \
		t = unix_connection(socket->sk);                                                   \
		if (t && is_new_call(&t->unix_end.received, copy, msg, taken))                     \
			bpf_tail_call(ctx, &unix_received_walkers, copy - 1);                      \
		return 0;                                                                          \
	}

COPY_OF_UNIX_SENT(1)
COPY_OF_UNIX_SENT(2)
COPY_OF_UNIX_SENT(3)
COPY_OF_UNIX_SENT(4)
COPY_OF_UNIX_RECEIVED(1)
COPY_OF_UNIX_RECEIVED(2)
COPY_OF_UNIX_RECEIVED(3)
COPY_OF_UNIX_RECEIVED(4)

#endif
