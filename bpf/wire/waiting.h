/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Commands in flight on a connection, and since when the oldest of them is. */
#ifndef MYSQL_WIRE_WAITING_H
#define MYSQL_WIRE_WAITING_H

#include "bytes.h"
#include "connection.h"

struct mysql_waiting {
	u64 oldest; /* ns, CLOCK_MONOTONIC: its arrival; unchanged when none waits */
	u32 commands;
};

/*
 * While it is not known what mysqld answers: those that wait are still to be given up, when the
 * next answer comes. In flight are then the newest, if mysqld has sent nothing since they arrived.
 */
MYSQL_INLINE void mysql_waiting_unsure(const struct mysql_connection *c, struct mysql_waiting *w)
{
	u8 newest = c->client.head - 1;
	const struct mysql_pending *pending = &c->pending[newest & (MYSQL_PENDING - 1)];

	w->commands = 0;
	if (!mysql_commands_waiting(c) || c->server.stream.seen != pending->position)
		return;
	w->commands = pending->count;
	if (newest == c->server.tail)
		w->commands -= c->server.taken;
	w->oldest = pending->arrived;
}

/*
 * The oldest entry of the ring is left behind only by the answer after its last one: until then the
 * oldest command may be in the entry behind it.
 */
MYSQL_INLINE void mysql_waiting(const struct mysql_connection *c, struct mysql_waiting *w)
{
	u8 oldest = c->server.tail;

	if (c->client.phase == CLIENT_TOLD) {
		w->commands = c->client.asked != 0;
		w->oldest = c->client.asked;
		return;
	}
	if (!c->server.stream.synced || c->server.blind) {
		mysql_waiting_unsure(c, w);
		return;
	}
	w->commands = mysql_commands_waiting(c);
	if (!w->commands)
		return;
	if (c->server.taken >= c->pending[oldest & (MYSQL_PENDING - 1)].count &&
	    (u8)(oldest + 1) != c->client.head)
		oldest++;
	w->oldest = c->pending[oldest & (MYSQL_PENDING - 1)].arrived;
}

#endif
