/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * Encrypted connections of the tracing tap: what is remembered between the server's own functions
 * (server_functions.bpf.h), what TCP takes below them (records.bpf.h), and what arrives.
 *
 * A program on a function of a process can't touch a map with a spin lock in it, so not what is
 * remembered of a connection: the three meet here.
 */
#ifndef MYSQL_WIRE_ENCRYPTED_BPF_H
#define MYSQL_WIRE_ENCRYPTED_BPF_H

#include "gauge.bpf.h"

/* What a thread of a server does, as its own functions tell. */
struct server_thread {
	struct mysql_write write;
	u64 socket;     /* address of the socket that it has greeted on, whose login is to come */
	u64 net_buffer; /* and of the greeting in its memory: both directions' buffer */
	u64 thd;        /* of that login */
	u32 binary;     /* index in server_binaries */
	u8 named;       /* user is the name of an account: of a login, or of COM_CHANGE_USER */
	u8 unused[3];
	u8 login[32];                /* beginning of the login */
	u8 user[MYSQL_USER_MAX + 8]; /* ends with NUL; 8: moved by words */
};

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct server_thread);
} server_threads SEC(".maps");

/*
 * An encrypted connection whose login was accepted, by the server's name for it. An element is made
 * when one begins, and costs nothing while there is none.
 */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 65536); /* knob */
	__type(key, struct session_key);
	__type(value, struct session);
} sessions SEC(".maps");

/* Binaries whose functions are probed, by the number that the loader gave each. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, MAX_BINARIES);
	__type(key, u32);
	__type(value, struct server_binary);
} server_binaries SEC(".maps");

static __always_inline struct server_thread *current_thread(u64 flags)
{
	return bpf_task_storage_get(&server_threads, bpf_get_current_task_btf(), 0, flags);
}

static __always_inline struct session *session_of(struct tracked_connection *t)
{
	return t->session.thd ? bpf_map_lookup_elem(&sessions, &t->session) : NULL;
}

static __always_inline struct server_binary *binary_of(u32 binary)
{
	return bpf_map_lookup_elem(&server_binaries, &binary);
}

/*
 * What a binary's functions were called with does not fit what it sent. Not held against it if they
 * were not yet probed when the connection began.
 */
static __always_inline void contradicted(struct tracked_connection *t, u32 index)
{
	struct server_binary *binary = binary_of(index);

	if (binary && binary->since && t->greeted > binary->since)
		count(&binary->contradictions, 1);
}

/* Bytes of a client whose commands the server tells. */
static __always_inline void encrypted_arrives(struct tracked_connection *t)
{
	struct mysql_segment *segment = &t->wire.client.segment;
	struct session *session;

	if (t->wire.client.phase != CLIENT_TOLD || !segment->fresh)
		return;
	session = session_of(t);
	if (!session)
		return;
	session->newest = segment->now;
	session->end = segment->start + segment->length;
	session->bytes += segment->fresh;
	session->segments++;
	if (!session->since)
		session->since = segment->now;
	t->wire.client.asked = session->since;
}

static __always_inline void session_ends(struct tracked_connection *t)
{
	if (t->session.thd)
		bpf_map_delete_elem(&sessions, &t->session);
	t->session.thd = 0;
}

#endif
