/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Where the server's half can start again, and when it knows again what is answered. */
#ifndef MYSQL_WIRE_SERVER_RESYNC_H
#define MYSQL_WIRE_SERVER_RESYNC_H

#include "frame.h"
#include "pending.h"

/* Leaves out the commands whose answers went by before position; returns how many. */
MYSQL_INLINE u32 mysql_server_catch_up(struct mysql_connection *c, u32 position)
{
	struct mysql_server *server = &c->server;
	u32 given_up = 0, waiting, i;
	u16 taken = server->taken;
	u8 tail = server->tail;

	for (i = 0; i < MYSQL_PENDING; i++) {
		struct mysql_pending *pending = &c->pending[tail & (MYSQL_PENDING - 1)];

		if (tail == c->client.head)
			break;
		waiting = pending->count - taken;
		if (waiting && mysql_pending_may_come(c, tail, position))
			break;
		given_up += waiting;
		if ((u8)(tail + 1) == c->client.head) {
			taken += waiting;
			break;
		}
		taken = 0;
		tail++;
	}
	server->tail = tail;
	server->taken = taken;
	server->answered += given_up;
	return given_up;
}

/* A step of mysql_keep_near(). With the largest window of TCP (1 GiB, RFC 7323) it stays below 2
 * GiB. */
#define MYSQL_NEAR (1u << 29)

/*
 * Keeps the positions of commands that wait from falling so far behind a long answer that they seem
 * to be ahead of it (mysql_after()): they stay behind, and it no longer matters how far.
 *
 * The client's half may move the newest at this moment. Then it is behind by mistake, which nothing
 * but a hole in the same answer would bring to light, and its answer is given up.
 */
MYSQL_INLINE void mysql_keep_near(struct mysql_connection *c)
{
	u32 seen = c->server.stream.seen, i;

	if (seen - c->server.mark < MYSQL_NEAR)
		return;
	c->server.mark = seen;
	for (i = 0; i < MYSQL_PENDING; i++)
		if (mysql_after(seen - MYSQL_NEAR, c->pending[i].position))
			c->pending[i].position = seen - MYSQL_NEAR;
}

/* Whether the answer to the oldest command that waits starts at position. */
MYSQL_INLINE int mysql_server_is_expected(struct mysql_connection *c, u32 position)
{
	struct mysql_pending *oldest = mysql_pending_oldest(c);

	return oldest && oldest->position == position;
}

/*
 * Answers in a row, each to the only command that waited and asked when all before was
 * acknowledged, until blindness ends. One would be enough of clients that wait for each answer; of
 * those that don't it may be chance, for an answer to a missed command may come between.
 */
#define MYSQL_IN_STEP 8

/*
 * A blind server's half sees again when client and server are in step: no answer is on its way any
 * more that belongs to a missed command. position is where an answer starts, at the start of a send
 * or segment.
 */
MYSQL_INLINE void mysql_server_look(struct mysql_connection *c, u32 position)
{
	struct mysql_server *server = &c->server;
	u8 gaps = c->client.gaps;

	mysql_server_catch_up(c, position);
	server->fits = mysql_server_is_expected(c, position) && mysql_commands_waiting(c) == 1;
	if (!server->fits)
		return;
	server->in_step++;
	if (server->in_step <= MYSQL_IN_STEP)
		return;
	server->blind = 0;
	server->in_step = 0;
	server->gaps = gaps;
}

/* Starts afresh with an answer. */
MYSQL_INLINE void mysql_server_begin(struct mysql_connection *c, u32 position)
{
	struct mysql_server *server = &c->server;

	server->phase = SERVER_START;
	server->stream.synced = 1;
	server->stream.next = position;
	server->stream.continued = 0;
	if (c->compressed)
		mysql_frames_begin(&server->stream);
	server->trailing_eofs = 0;
	server->settled = 0;
	server->progress = 0;
}

#endif
