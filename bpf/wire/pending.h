/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* The ring of commands that wait for their answer: the client's half fills it, the server's empties
 * it. */
#ifndef MYSQL_WIRE_PENDING_H
#define MYSQL_WIRE_PENDING_H

#include "connection.h"
#include "order.h"
#include "outcome.h"

MYSQL_INLINE int mysql_command_has_answer(u8 command)
{
	return command != COM_QUIT && command != COM_STMT_CLOSE &&
	       command != COM_STMT_SEND_LONG_DATA;
}

/*
 * Remembers a command until its answer has passed.
 *
 * Equal commands of one segment share an entry. When the ring is full the last entry takes the
 * command in and forgets which command it was if it differs; its place in the order stays, and so
 * does the position of the first.
 */
MYSQL_INLINE void mysql_pending_push(struct mysql_connection *c, u8 command, u64 now, u32 position,
				     struct mysql_outcome *out)
{
	struct mysql_client *client = &c->client;
	struct mysql_pending *last = &c->pending[(u8)(client->head - 1) & (MYSQL_PENDING - 1)];
	u8 used = client->head - c->server.tail;
	int full = used >= MYSQL_PENDING;
	/* What comes behind a gap is kept apart from what came before. */
	int alike = last->command == command && last->arrived == now && last->sequence == 1 &&
		    client->head != client->last_gap;

	if (used && full && last->count == 0xffff) {
		/* Not one that waits, either: its answer will be one to a command that nobody
		 * knows. */
		out->pipeline_full = 1;
		return;
	}
	client->commands++;
	if (used && (full || (alike && last->count < 0xffff))) {
		if (last->command != command) {
			last->command = COM_UNKNOWN;
			out->pipeline_full = 1;
		}
		last->count++;
		return;
	}
	last = &c->pending[client->head & (MYSQL_PENDING - 1)];
	last->arrived = now;
	last->position = position;
	last->count = 1;
	last->command = command;
	last->sequence = 1;
	mysql_barrier(&c->order); /* the entry before the head that tells of it */
	client->head++;
}

/* The newest command goes on: its last byte arrives now. */
MYSQL_INLINE void mysql_pending_touch(struct mysql_connection *c, u64 now, u32 position)
{
	struct mysql_pending *last = &c->pending[(u8)(c->client.head - 1) & (MYSQL_PENDING - 1)];

	if (last->count == 1) {
		last->arrived = now;
		last->position = position;
	}
}

/* The oldest command that waits for its answer; NULL when none does. */
MYSQL_INLINE struct mysql_pending *mysql_pending_oldest(struct mysql_connection *c)
{
	struct mysql_server *server = &c->server;
	struct mysql_pending *oldest = &c->pending[server->tail & (MYSQL_PENDING - 1)];
	u8 head = *(volatile u8 *)&c->client.head;

	if (server->tail == head)
		return 0;
	mysql_barrier(&c->order); /* as mysql_pending_push() */
	if (server->taken < oldest->count)
		return oldest;
	/* Used up. It is left only once a newer one exists: the client may still add to it. */
	if ((u8)(server->tail + 1) == head)
		return 0;
	server->tail++;
	server->taken = 0;
	return &c->pending[server->tail & (MYSQL_PENDING - 1)];
}

/*
 * Whether an answer that starts at position may be that of this entry, or of one behind it: not if
 * its client had not acknowledged all that came before when it asked, for then an earlier answer
 * was still on its way; not if commands were missed before it that may have been asked at the same
 * time.
 */
MYSQL_INLINE int mysql_pending_may_come(const struct mysql_connection *c, u8 entry, u32 position)
{
	const struct mysql_client *client = &c->client;
	u32 asked = c->pending[entry & (MYSQL_PENDING - 1)].position;

	if (asked != position)
		return mysql_after(asked, position);
	return position != client->unread_until &&
	       (c->server.gaps == client->gaps || (__INT8_TYPE__)(entry - client->last_gap) >= 0);
}

/*
 * The command that the next answer belongs to. NULL: none waits, or commands were missed and those
 * asked before are through; then the server's half is blind, and whatever comes is taken for the
 * answer to a command that nobody knows.
 */
MYSQL_INLINE struct mysql_pending *mysql_pending_expected(struct mysql_connection *c)
{
	struct mysql_server *server = &c->server;
	struct mysql_pending *oldest = mysql_pending_oldest(c);
	/* A used up entry is left behind only once a newer one exists. */
	u8 reached = oldest ? server->tail : c->client.head;

	if (!server->blind && server->gaps != c->client.gaps &&
	    (__INT8_TYPE__)(reached - c->client.first_gap) >= 0)
		server->blind = 1;
	if (!server->fits)
		server->in_step = 0;
	server->fits = 0;
	return server->blind ? 0 : oldest;
}

#endif
