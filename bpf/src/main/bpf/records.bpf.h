/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * Encrypted sends of the tracing tap: what TCP takes is joined with what the thread was asked to
 * send, and that is walked in mysqld's memory at a position of its own.
 */
#ifndef MYSQL_WIRE_RECORDS_BPF_H
#define MYSQL_WIRE_RECORDS_BPF_H

#include "encrypted.bpf.h"
#include "records.h"
#include "told.h"
#include "walk.bpf.h"

/*
 * Times that a server may answer with encrypted records that no write was seen for: in TLS 1.3 its
 * own part of the handshake, and the tickets for its sessions.
 */
#define LONE_FLIGHTS 2

static __always_inline bool is_encrypted(const struct tracked_connection *t)
{
	return t->tls != TLS_GIVEN_UP && (t->tls || mysql_is_encrypted(&t->wire));
}

/* A greeting is sent: the login to it will be read on this thread, to where it was sent from. */
static __noinline void note_greeting(struct tracked_connection *t, struct sock *sk, u64 memory)
{
	struct server_thread *thread = current_thread(BPF_LOCAL_STORAGE_GET_F_CREATE);

	if (!thread) {
		count_lost(LOST_MEMORY, 1);
		return;
	}
	t->greeted = t->wire.server.segment.now;
	thread->socket = (u64)sk;
	thread->net_buffer = memory;
	thread->thd = 0;
	thread->named = 0;
	/* What an older connection did not come to send is not for this one. */
	thread->write.size = thread->write.begun = thread->write.sent = 0;
}

/* From this send on the connection is opaque; bytes are counted as they are sent. */
static __always_inline void give_up(struct tracked_connection *t, u8 reason)
{
	mysql_untold(&t->wire, reason);
	t->tls = TLS_GIVEN_UP;
	t->wire.server.stream.seen = t->records.seen - t->records.length;
	session_ends(t);
}

static long record_round(u32 round, void *walk)
{
	struct walk *w = walk;
	struct mysql_records *records = &w->t->records;
	u32 bytes = mysql_record_refill(records), fill = records->fill, n = bytes - 1;

	if (bytes) {
		asm volatile("" : "+r"(n), "+r"(fill));
		if (n >= MYSQL_RECORD_HEADER || fill >= MYSQL_RECORD_HEADER)
			return 1;
		if (bpf_probe_read_user(records->header + fill, n + 1,
					(void *)(w->memory + records->offset))) {
			records->broken = 1;
			return 1;
		}
	}
	mysql_record_filled(records, &w->thread->write, bytes);
	return records->strange || records->offset >= records->length;
}

/* The account name that the server's function found, for the client's half. */
static __always_inline void tell_user(struct walk *w)
{
	u8 *window = w->t->wire.client.window;

	__builtin_memcpy(window, w->thread->user, sizeof(w->thread->user));
	if (!w->thread->named)
		window[0] = 0;
	w->thread->named = 0;
	mysql_told_user(&w->t->wire);
}

/* Whether the server's functions told of the login that is being answered. */
static __always_inline bool login_is_told(const struct server_thread *thread, struct sock *sk)
{
	return thread->socket == (u64)sk && thread->thd;
}

/* The first plaintext: what the server answers to the login. */
static __noinline void begin_reading(struct walk *w, struct sock *sk)
{
	struct tracked_connection *t = w->t;
	struct server_thread *thread = w->thread;
	struct server_binary *binary = binary_of(thread->binary);

	t->tls = TLS_READ;
	mysql_told(&t->wire);
	if (login_is_told(thread, sk)) {
		t->session.thd = thread->thd;
		t->session.process = bpf_get_current_pid_tgid() >> 32;
		thread->socket = 0;
	} else {
		thread->named = 0;
	}
	if (binary)
		count(&binary->connections, 1);
	tell_user(w);
	login_arrives(t);
}

/* Tells the client's half what is being answered. */
static __noinline void tell_command(struct walk *w)
{
	struct tracked_connection *t = w->t;
	struct session *session = session_of(t);

	if (!session || !session->waits || session->told)
		return;
	session->told = 1;
	mysql_told_command(&t->wire, session->command, session->arrived, session->command_bytes,
			   &t->server_outcome);
	if (session->command != COM_CHANGE_USER)
		return;
	tell_user(w);
	ask(t);
}

/*
 * Joins the bytes that TCP took. Makes the plaintext that is complete with them the segment to be
 * walked; returns false when there is none.
 */
static __noinline bool join(struct walk *w, struct sock *sk, struct tcp_sock *tcp)
{
	struct tracked_connection *t = w->t;
	struct mysql_segment *segment = &t->wire.server.segment;
	struct mysql_records *records = &t->records;
	struct mysql_write *write = &w->thread->write;
	u32 sent = write->sent, plain;
	bool broken;

	if (!t->tls) {
		t->tls = TLS_UNDECIDED;
		records->seen = t->wire.server.stream.seen;
		t->plain = records->seen;
		/* Older than this program: nobody knows which connection of the server it is. */
		if (t->wire.server.phase != SERVER_AUTH) {
			records->seen = segment->start + segment->length;
			records->length = segment->length;
			give_up(t, OPAQUE_TLS);
			return true;
		}
	}
	if (!mysql_records_enter(records, write, segment->start, segment->length))
		return false;
	broken = records->broken;
	bpf_loop(rounds(segment->length), record_round, w, 0);
	plain = write->sent - sent;
	if (records->strange) {
		/* Without a write it is a handshake that failed: its ERR may come in the clear. */
		if (write->size)
			contradicted(t, w->thread->binary);
		give_up(t, write->size ? OPAQUE_DESYNCED : OPAQUE_TLS);
		return true;
	}
	if (!plain) {
		/* Another answer only if mysqld has read something since the last. */
		if (records->lone && (!t->lone_flights || t->lone_read != tcp->copied_seq)) {
			t->lone_read = tcp->copied_seq;
			t->lone_flights++;
		}
		if (t->lone_flights <= (records->until_12 ? 0 : LONE_FLIGHTS))
			return false;
		/* An answer that no write was seen for, of a server that told of the login. */
		if (login_is_told(w->thread, sk))
			contradicted(t, w->thread->binary);
		give_up(t, OPAQUE_TLS);
		return true;
	}
	t->lone_flights = 0;
	/* Something was sent in between that nobody has seen. */
	if (broken)
		t->wire.server.stream.seen = ++t->plain;
	if (t->tls == TLS_UNDECIDED)
		begin_reading(w, sk);
	tell_command(w);
	w->memory = mysql_plaintext(write, sent);
	segment->start = t->plain;
	segment->length = plain;
	t->plain += plain;
	return true;
}

static __noinline void open_session(struct tracked_connection *t, struct tcp_sock *tcp)
{
	struct session session = {.end = tcp->copied_seq};

	if (bpf_map_update_elem(&sessions, &t->session, &session, BPF_ANY))
		count_lost(LOST_CONNECTIONS_FULL, 1);
}

/* Behind the rounds over plaintext: what the server's functions are to find of it. */
static __always_inline void session_answers(struct walk *w, struct tcp_sock *tcp)
{
	struct tracked_connection *t = w->t;
	struct session *session;
	bool readable = t->wire.server.stream.synced;
	/* Of what can't be read it is told as little when it ends: then anything is an answer. */
	bool through = !readable ||
		       (t->wire.server.phase == SERVER_START && !mysql_commands_waiting(&t->wire));

	if (t->tls != TLS_READ || t->wire.server.phase == SERVER_AUTH || !t->known)
		return;
	/* It was let in, and which connection of the server it is was not told: no command will be.
	 */
	if (!t->session.thd) {
		contradicted(t, w->thread->binary);
		give_up(t, OPAQUE_TLS);
		t->wire.server.stream.seen = t->records.seen;
		return;
	}
	session = session_of(t);
	if (!session && !t->session_opened) {
		open_session(t, tcp);
		t->session_opened = 1;
		session = session_of(t);
	}
	if (!session)
		return;
	session->backend = t->backend;
	session->slot = t->slot;
	session->net_buffer = w->thread->write.buffer;
	if (through) {
		session->waits = 0;
		/* In flight is then what has arrived, and mysqld has not read. */
		session->since = mysql_after(session->end, tcp->copied_seq) ? session->newest : 0;
	}
	t->wire.client.asked = session->since;
	if (!t->contradicts && !t->wire.compressed && (!readable || t->wire.server.blind)) {
		t->contradicts = 1;
		contradicted(t, w->thread->binary);
	}
}

#endif
