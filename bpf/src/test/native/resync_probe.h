/* SPDX-License-Identifier: Apache-2.0 */
/*
 * After garbage: does the state machine understand the connection again?
 *
 * At a quiet point (the client has acknowledged all that mysqld sent) come a command and its
 * answer, and then another command and its answer. Of the second pair everything has to be counted
 * exactly, and no command may wait after it. That holds because:
 *
 * - A client's half that lost its place (mysql_client_resync()) starts with the first segment that
 *   looks like a command, behind a gap with the first that acknowledges more than was acknowledged
 *   at the gap. The first answer is more, so that is the second command at the latest.
 * - A server's half that lost its place (mysql_server_is_expected()) starts with the first send at
 *   the position that the client of a waiting command had acknowledged. That is the first answer,
 *   unless its command was missed; and then the second.
 * - A server's half in the middle of an answer finds the first answer out of sequence, has lost its
 *   place from then on, and starts with the second.
 *
 * Where commands were missed the server's half is blind: types, codes and rows are exact as said,
 * and latencies again once it has found eight answers in step. Where there was a cursor, too, an OK
 * counts again only then.
 *
 * Garbage may also be well-formed and mean something. Then nothing is out of place, and what it
 * means holds. Which states these are says resync_excuse(), and nothing else is excused.
 */
#ifndef MYSQL_WIRE_RESYNC_PROBE_H
#define MYSQL_WIRE_RESYNC_PROBE_H

#include "exchange.h"
#include "recipe.h"

enum resync_excuse {
	EXCUSE_NONE,
	EXCUSE_OPAQUE,       /* TLS or a replication stream: nothing more is read */
	EXCUSE_LOGIN,        /* it is not over: no client sends a command now */
	EXCUSE_HALF_COMMAND, /* the client's packet, or frame, announced more bytes */
	EXCUSE_HALF_PACKET,  /* so did mysqld's */
	EXCUSE_OWED,         /* mysqld has answers to give: what comes next is one of these */
	EXCUSE_HALF_ANSWER,  /* goes on with sequence id 1, or with any */
	EXCUSE_FULL,         /* after the first answer, too: the next command loses its name */
	EXCUSES,
};

static const char *const resync_excuses[EXCUSES] = {
	"probed",          "opaque",      "login not over", "within a command",
	"within a packet", "answer owed", "answer goes on", "ring full",
};

/* Commands were missed: answers count by their form, and belong to no command. */
static inline bool is_blind(const struct mysql_connection *c)
{
	return c->server.blind || c->server.gaps != c->client.gaps;
}

/* Whether a command waits that was asked at this point of mysqld's stream, and not before. */
static inline bool asked_here(const struct mysql_connection *c, u32 position)
{
	u32 waiting = mysql_commands_waiting(c);

	for (u8 i = c->server.tail; i != c->client.head && waiting; i++)
		if (c->pending[i & (MYSQL_PENDING - 1)].position == position)
			return true;
	return false;
}

/* Why nothing is asserted, EXCUSE_NONE when it is. */
static inline enum resync_excuse resync_excuse(const struct mysql_connection *c,
					       const struct played *p)
{
	const struct mysql_stream *client = &c->client.stream, *server = &c->server.stream;

	if (c->client.phase == CLIENT_OPAQUE || c->server.phase == SERVER_OPAQUE)
		return EXCUSE_OPAQUE;
	/* A command in place of the login is a stranger's. */
	if (client->synced && c->client.phase == CLIENT_LOGIN)
		return EXCUSE_LOGIN;
	if (client->synced && client->next != p->client)
		return EXCUSE_HALF_COMMAND;
	/* A frame with sequence id 0 starts afresh with its packets. */
	if (client->synced && (client->framed ? client->frame_left || client->frame_fill
					      : client->fill || client->continued))
		return EXCUSE_HALF_COMMAND;
	/* One side has asked for compression, the other has not said yes. */
	if (c->client.compresses != c->compressed)
		return EXCUSE_LOGIN;
	/* Or about to find that bytes are missing. */
	if (!server->synced || mysql_after(p->server, server->next))
		return asked_here(c, p->server) ? EXCUSE_OWED : EXCUSE_NONE;
	if (c->server.phase == SERVER_GREETING || c->server.phase == SERVER_AUTH ||
	    c->compressed != server->framed)
		return EXCUSE_LOGIN;
	if (server->next != p->server || server->fill || server->continued || server->skip ||
	    server->frame_left || server->frame_fill)
		return EXCUSE_HALF_PACKET;
	if (c->server.phase == SERVER_START)
		return mysql_commands_waiting(c) ? EXCUSE_OWED : EXCUSE_NONE;
	if (c->server.phase == SERVER_LOCAL_INFILE || server->framed || c->server.sequence == 1)
		return EXCUSE_HALF_ANSWER;
	return EXCUSE_NONE;
}

/* The ring of commands is full, and the server's half has not found its place in it yet. */
static inline bool ring_full(const struct mysql_connection *c)
{
	return (u8)(c->client.head - c->server.tail) >= MYSQL_PENDING;
}

/*
 * Lets the exchange pass by; returns whether exactly this was counted. Of a blind half latencies
 * and the number of commands that wait are not expected.
 */
static inline bool probe(struct host_tap *tap, struct played *p, const struct exchange *e)
{
	struct mysql_connection *c = &tap->connection;
	struct counts expected = tap->counts;
	bool blind = is_blind(c);

	host_segment(tap, 0, p->client, p->server, e->command.bytes, e->command.length, ++p->now);
	host_segment(tap, 1, p->server, p->server, e->answer.bytes, e->answer.length, ++p->now);
	p->client += e->command.length;
	p->server += e->answer.length;

	blind |= is_blind(c);
	expected.commands[mysql_command_class(e->code)]++;
	expected.responses[e->response]++;
	if (e->response == RESPONSE_ERR)
		count_error(&expected, RESPONSE_ERR, 1064);
	expected.rows += e->rows;
	expected.bytes += e->answer.length;
	expected.answered = blind ? tap->counts.answered : expected.answered + 1;
	expected.first = blind ? tap->counts.first : expected.first + 1;
	/* Answers from before are given up when it is clear where the next one starts. */
	expected.unclassified = tap->counts.unclassified;
	return !memcmp(&expected, &tap->counts, sizeof(expected)) &&
	       (blind || !mysql_commands_waiting(c));
}

#endif
