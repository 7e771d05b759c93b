/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* The server's half: greeting, login dialogue, and responses walked to their last packet. */
#ifndef MYSQL_WIRE_SERVER_H
#define MYSQL_WIRE_SERVER_H

#include "bytes.h"
#include "connection.h"
#include "frame.h"

/* Inside frames the servers number packets by the frames, and not reliably (my_net_write()). */
MYSQL_INLINE int mysql_sequence_fits(const struct mysql_server *server, u8 sequence)
{
	return sequence == server->sequence || server->stream.framed;
}

/* The oldest command that waits for its answer; NULL when none does. */
MYSQL_INLINE struct mysql_pending *mysql_pending_oldest(struct mysql_connection *c)
{
	struct mysql_server *server = &c->server;
	struct mysql_pending *oldest = &c->pending[server->tail & (MYSQL_PENDING - 1)];

	if (server->tail == c->client.head)
		return 0;
	if (server->taken < oldest->count)
		return oldest;
	/* Used up. It is left only once a newer one exists: the client may still add to it. */
	if ((u8)(server->tail + 1) == c->client.head)
		return 0;
	server->tail++;
	server->taken = 0;
	return &c->pending[server->tail & (MYSQL_PENDING - 1)];
}

MYSQL_INLINE void mysql_respond(struct mysql_outcome *out, u8 type)
{
	out->response = type + 1;
}

/* The answer to the oldest command is complete. */
MYSQL_INLINE void mysql_answered(struct mysql_connection *c, struct mysql_outcome *out)
{
	struct mysql_pending *oldest;

	c->server.phase = SERVER_START;
	if (c->server.blind)
		return;
	oldest = mysql_pending_oldest(c);
	if (!oldest)
		return;
	out->arrived = oldest->arrived;
	out->answered = 1;
	c->server.taken++;
	c->server.answered++;
}

/* A result ended with this status: another one follows, or the answer is complete. */
MYSQL_INLINE void mysql_result_ended(struct mysql_connection *c, u16 status, u8 type,
				     struct mysql_outcome *out)
{
	mysql_respond(out, type);
	if (status & SERVER_STATUS_CURSOR_EXISTS)
		c->server.cursors = 1;
	if (status & SERVER_MORE_RESULTS_EXISTS)
		c->server.phase = SERVER_NEXT_RESULT;
	else
		mysql_answered(c, out);
}

/* A login dialogue ended; only that of COM_CHANGE_USER answers a command. */
MYSQL_INLINE void mysql_auth_ended(struct mysql_connection *c, u8 type, struct mysql_outcome *out)
{
	mysql_respond(out, type);
	if (c->server.command == COM_CHANGE_USER)
		mysql_answered(c, out);
	else
		c->server.phase = SERVER_START;
}

/* A login or a connection is refused. */
MYSQL_INLINE void mysql_refused(struct mysql_connection *c, const u8 *packet,
				struct mysql_outcome *out)
{
	out->error_code = mysql_u16(packet + MYSQL_HEADER + 1);
	mysql_auth_ended(c, RESPONSE_AUTH_ERR, out);
}

/* An ERR ends the answer, whatever came before. */
MYSQL_INLINE void mysql_failed(struct mysql_connection *c, const u8 *packet,
			       struct mysql_outcome *out)
{
	u16 code = mysql_u16(packet + MYSQL_HEADER + 1);

	if (code == ER_PROGRESS_REPORT)
		return;
	mysql_respond(out, RESPONSE_ERR);
	out->error_code = code;
	mysql_answered(c, out);
}

/* Status flags of an OK: after two length-encoded integers. An OK without them has no flag set. */
MYSQL_INLINE u16 mysql_ok_status(const u8 *packet, u32 length)
{
	u32 at = MYSQL_HEADER + 1;

	at += mysql_lenenc_size(packet[at]);
	at += mysql_lenenc_size(packet[at]);
	return at + 2 <= MYSQL_HEADER + length ? mysql_u16(packet + at) : 0;
}

/* Status flags of an EOF: after the warnings. Of an OK that ends rows: after two zeros. */
MYSQL_INLINE u16 mysql_eof_status(const u8 *packet, u32 length)
{
	return length >= 5 ? mysql_u16(packet + MYSQL_HEADER + 3) : 0;
}

/* Greeting, protocol 10: keeps the capability flags behind the version string. */
MYSQL_INLINE void mysql_server_greeting(struct mysql_connection *c, u32 length)
{
	const u8 *packet = c->server.window;
	const u32 version_end = MYSQL_GREETING_HEAD - 22;
	u32 i;

	/* NUL, thread id 4, scramble 8, filler 1, flags 2, charset 1, status 2, flags 2 */
	for (i = MYSQL_HEADER + 1; i <= version_end; i++) {
		if (packet[i] && i < MYSQL_HEADER + length)
			continue;
		if (i + 21 <= MYSQL_HEADER + length)
			c->server.capabilities =
				mysql_u16(packet + i + 14) | (u32)mysql_u16(packet + i + 19) << 16;
		break;
	}
	c->server.phase = SERVER_AUTH;
}

/*
 * Both sides have said what they can, and agree on what both can: a client may ask for what the
 * server does not offer. Said here and not at the login, which may pass by before the greeting.
 */
MYSQL_INLINE void mysql_negotiated(struct mysql_connection *c)
{
	u32 capabilities = c->capabilities & c->server.capabilities;

	if (!capabilities)
		return; /* one of them was not seen */
	c->eof_style = capabilities & CLIENT_DEPRECATE_EOF ? EOF_DEPRECATED : EOF_CLASSIC;
	if (capabilities & MYSQL_COMPRESSION) {
		c->compressed = 1;
		c->opaque = OPAQUE_COMPRESSED + 1;
	}
}

/* Login dialogue, also that of COM_CHANGE_USER. */
MYSQL_INLINE void mysql_server_auth(struct mysql_connection *c, const u8 *packet,
				    struct mysql_outcome *out)
{
	switch (packet[MYSQL_HEADER]) {
	case PACKET_OK:
		mysql_auth_ended(c, RESPONSE_AUTH_OK, out);
		mysql_negotiated(c);
		break;
	case PACKET_ERR:
		mysql_refused(c, packet, out);
		break;
	case PACKET_EOF: /* AuthSwitch */
	case PACKET_AUTH_MORE:
	case PACKET_AUTH_NEXT_FACTOR:
		break;
	default:
		out->malformed = 1;
	}
}

/*
 * Number of definitions, and of EOFs between them, behind the first packet of COM_STMT_PREPARE's
 * answer: 00 id:4 columns:2 parameters:2 00 warnings:2 [1].
 */
MYSQL_INLINE u32 mysql_definitions(const struct mysql_connection *c, const u8 *packet, u32 length)
{
	u32 columns = mysql_u16(packet + MYSQL_HEADER + 5);
	u32 parameters = mysql_u16(packet + MYSQL_HEADER + 7);

	/* The last byte, where negotiated, says whether definitions follow at all. */
	if (length >= 13 && packet[MYSQL_HEADER + 12] == 0)
		return 0;
	if (c->eof_style == EOF_CLASSIC)
		return columns + parameters + (columns != 0) + (parameters != 0);
	return columns + parameters;
}

MYSQL_INLINE void mysql_server_prepared(struct mysql_connection *c, const u8 *packet, u32 length,
					struct mysql_outcome *out)
{
	c->server.columns = mysql_definitions(c, packet, length);
	if (c->server.columns) {
		c->server.phase = SERVER_PREPARE;
		return;
	}
	mysql_respond(out, RESPONSE_OK);
	mysql_answered(c, out);
}

/*
 * Whether the OK of a command that could not be read may be one of COM_STMT_PREPARE, which has the
 * same first byte. It counts as one either way; the next packet tells whether definitions follow.
 */
MYSQL_INLINE int mysql_server_maybe_prepared(struct mysql_connection *c, const u8 *packet,
					     u32 length, struct mysql_outcome *out)
{
	u32 definitions;

	if (c->server.command != COM_UNKNOWN || (length != 12 && length != 13) ||
	    packet[MYSQL_HEADER + 9] != 0)
		return 0;
	definitions = mysql_definitions(c, packet, length);
	if (!definitions)
		return 0;
	mysql_respond(out, RESPONSE_OK);
	mysql_answered(c, out);
	c->server.columns = definitions;
	c->server.phase = SERVER_MAYBE_PREPARE;
	return 1;
}

/* Behind such an OK: a definition (catalog "def"), or the next answer. */
MYSQL_INLINE void mysql_server_settle(struct mysql_server *server, const u8 *packet, u32 length)
{
	server->settled = length > 4 && mysql_u24(packet + MYSQL_HEADER) == 0x656403 /* \3de */ &&
			  mysql_sequence_fits(server, packet[3]);
	server->phase = server->settled ? SERVER_PREPARE : SERVER_START;
}

/* First packet of a result set: the number of columns, and whether their definitions follow. */
MYSQL_INLINE void mysql_server_columns(struct mysql_connection *c, const u8 *packet, u32 length,
				       struct mysql_outcome *out)
{
	struct mysql_server *server = &c->server;
	u32 size = mysql_lenenc_size(packet[MYSQL_HEADER]);

	if (size > 4 || (length != size && length != size + 1)) {
		out->malformed = 1;
		return;
	}
	server->columns = size == 1   ? packet[MYSQL_HEADER]
			  : size == 3 ? mysql_u16(packet + MYSQL_HEADER + 1)
				      : mysql_u24(packet + MYSQL_HEADER + 1);
	/* CLIENT_OPTIONAL_RESULTSET_METADATA, MariaDB's metadata cache: 0 = definitions left out.
	 */
	if (length == size + 1 && packet[MYSQL_HEADER + (size & 7)] == 0)
		server->columns = 0;
	if (server->columns)
		server->phase = SERVER_COLUMNS;
	else
		server->phase = c->eof_style == EOF_DEPRECATED ? SERVER_ROWS : SERVER_COLUMNS_EOF;
}

/* A row, or the packet that ends the rows. */
MYSQL_INLINE void mysql_server_row(struct mysql_connection *c, const u8 *packet, u32 length,
				   struct mysql_outcome *out)
{
	u8 type = packet[MYSQL_HEADER];

	if (type == PACKET_ERR)
		mysql_failed(c, packet, out);
	/* A first column of 16 MB starts with the same byte, but then the packet is full. */
	else if (type == PACKET_EOF && length >= 5 && length < MYSQL_MAX_PAYLOAD)
		mysql_result_ended(c, mysql_eof_status(packet, length), RESPONSE_RESULTSET, out);
	else
		c->server.segment.rows++;
}

/* First packet of any result of any command. */
MYSQL_INLINE void mysql_server_result(struct mysql_connection *c, const u8 *packet, u32 length,
				      struct mysql_outcome *out)
{
	struct mysql_server *server = &c->server;
	u8 type = packet[MYSQL_HEADER];

	/* Its ERR refuses a login, too. */
	if (server->command == COM_CHANGE_USER) {
		server->phase = SERVER_AUTH;
		mysql_server_auth(c, packet, out);
		return;
	}
	if (type == PACKET_ERR) {
		mysql_failed(c, packet, out);
		return;
	}
	switch (server->command) {
	case COM_STATISTICS:
		mysql_respond(out, RESPONSE_STATISTICS);
		mysql_answered(c, out);
		return;
	case COM_BINLOG_DUMP:
	case COM_BINLOG_DUMP_GTID:
	case COM_TABLE_DUMP:
	case COM_CLONE:
	case COM_SUBSCRIBE_GROUP_REPLICATION_STREAM:
		if (type == PACKET_EOF) {
			mysql_result_ended(c, 0, RESPONSE_EOF, out);
			return;
		}
		mysql_respond(out, RESPONSE_STREAM);
		mysql_answered(c, out);
		server->phase = SERVER_OPAQUE;
		c->client.phase = CLIENT_OPAQUE;
		c->opaque = OPAQUE_REPLICATION + 1;
		return;
	case COM_STMT_PREPARE:
		if (type == PACKET_OK && length >= 12)
			mysql_server_prepared(c, packet, length, out);
		else
			out->malformed = 1;
		return;
	case COM_FIELD_LIST:
		server->phase = SERVER_FIELDS;
		return;
	case COM_STMT_FETCH:
		/* No column definitions: what looks like an OK is a binary row. */
		server->phase = SERVER_ROWS;
		mysql_server_row(c, packet, length, out);
		return;
	default:
		break;
	}
	switch (type) {
	case PACKET_OK:
		/* Of a command that could not be read, it may be a fetched row. */
		if (server->command == COM_UNKNOWN && server->cursors)
			server->stream.synced = 0;
		else if (!mysql_server_maybe_prepared(c, packet, length, out))
			mysql_result_ended(c, mysql_ok_status(packet, length), RESPONSE_OK, out);
		break;
	case PACKET_EOF:
		mysql_result_ended(c, mysql_eof_status(packet, length), RESPONSE_EOF, out);
		break;
	case PACKET_LOCAL_INFILE:
		server->phase = SERVER_LOCAL_INFILE;
		break;
	default:
		mysql_server_columns(c, packet, length, out);
	}
}

/* The packet after the column definitions, where an EOF is known or may be expected. */
MYSQL_INLINE void mysql_server_columns_eof(struct mysql_connection *c, const u8 *packet, u32 length,
					   struct mysql_outcome *out)
{
	u16 status = mysql_eof_status(packet, length);

	if (packet[MYSQL_HEADER] == PACKET_ERR) {
		mysql_failed(c, packet, out);
		return;
	}
	if (packet[MYSQL_HEADER] != PACKET_EOF || length != 5) {
		if (c->eof_style == EOF_CLASSIC) {
			out->malformed = 1;
			return;
		}
		/* Rows at once, or an OK that ends them (it has 7 bytes and more). */
		c->eof_style = EOF_DEPRECATED;
		c->server.phase = SERVER_ROWS;
		mysql_server_row(c, packet, length, out);
		return;
	}
	c->eof_style = EOF_CLASSIC;
	c->server.phase = SERVER_ROWS;
	/* The rows stay in a cursor, for COM_STMT_FETCH. */
	if (status & SERVER_STATUS_CURSOR_EXISTS)
		mysql_result_ended(c, status, RESPONSE_RESULTSET, out);
}

/* A definition of a prepared statement; what they are all about is known from their number. */
MYSQL_INLINE void mysql_server_definition(struct mysql_connection *c, const u8 *packet, u32 length,
					  struct mysql_outcome *out)
{
	struct mysql_server *server = &c->server;
	int eof = packet[MYSQL_HEADER] == PACKET_EOF && length == 5;

	if (eof && c->eof_style == EOF_UNKNOWN)
		return;
	if (--server->columns)
		return;
	server->trailing_eof = c->eof_style == EOF_UNKNOWN;
	if (server->settled) {
		server->settled = 0;
		server->phase = SERVER_START;
		return;
	}
	mysql_respond(out, RESPONSE_OK);
	mysql_answered(c, out);
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

/*
 * Finds the command that this packet starts to answer.
 *
 * Returns 0 when it answers none: an ERR of mysqld's own accord, or bytes that make no sense here.
 */
MYSQL_INLINE int mysql_server_start(struct mysql_connection *c, const u8 *packet, u32 length,
				    struct mysql_outcome *out)
{
	struct mysql_server *server = &c->server;
	struct mysql_pending *oldest = mysql_pending_expected(c);
	u8 sequence = packet[3], first = oldest ? oldest->sequence : 1;

	if (packet[MYSQL_HEADER] == PACKET_ERR) {
		u16 code = mysql_u16(packet + MYSQL_HEADER + 1);
		int unsolicited = code == ER_SERVER_SHUTDOWN || code == ER_NET_READ_ERROR ||
				  code == ER_NET_READ_INTERRUPTED ||
				  code == ER_CLIENT_INTERACTION_TIMEOUT;

		if ((!oldest && !server->blind) || (sequence == 0 && unsolicited)) {
			mysql_respond(out, RESPONSE_DISCONNECT);
			out->error_code = code;
			return 0;
		}
		/* Commands that the server could not read are refused with sequence id 0. */
		server->sequence = sequence == 0 ? 0 : first + server->progress;
	} else if (server->trailing_eof && packet[MYSQL_HEADER] == PACKET_EOF && length == 5 &&
		   sequence == server->sequence) {
		server->trailing_eof = 0;
		c->eof_style = EOF_CLASSIC;
		return 0;
	} else {
		if (!oldest && !server->blind)
			out->unasked = server->blind = 1;
		server->sequence = first + server->progress;
	}
	server->trailing_eof = 0;
	if (!mysql_sequence_fits(server, sequence)) {
		out->malformed = 1;
		return 0;
	}
	/* A progress report comes before its answer: the answer still starts with the next packet.
	 */
	if (packet[MYSQL_HEADER] == PACKET_ERR &&
	    mysql_u16(packet + MYSQL_HEADER + 1) == ER_PROGRESS_REPORT) {
		server->progress++;
		return 0;
	}
	server->command = oldest ? oldest->command : COM_UNKNOWN;
	server->progress = 0;
	if (oldest) {
		out->first = 1;
		out->arrived = oldest->arrived;
	}
	return 1;
}

/* Greeting, or a connection refused in its place. */
MYSQL_INLINE void mysql_server_hello(struct mysql_connection *c, const u8 *packet, u32 length,
				     struct mysql_outcome *out)
{
	switch (packet[MYSQL_HEADER]) {
	case PACKET_PROTOCOL_10:
		mysql_server_greeting(c, length);
		break;
	case PACKET_ERR:
		mysql_refused(c, packet, out);
		break;
	default:
		out->malformed = 1;
	}
}

/* Packets in the middle of an answer. */
MYSQL_INLINE void mysql_server_within(struct mysql_connection *c, const u8 *packet, u32 length,
				      struct mysql_outcome *out)
{
	struct mysql_server *server = &c->server;
	u8 type = packet[MYSQL_HEADER];

	switch (server->phase) {
	case SERVER_NEXT_RESULT:
		mysql_server_result(c, packet, length, out);
		break;
	case SERVER_COLUMNS:
		if (type == PACKET_ERR)
			mysql_failed(c, packet, out);
		else if (--server->columns == 0)
			server->phase =
				c->eof_style == EOF_DEPRECATED ? SERVER_ROWS : SERVER_COLUMNS_EOF;
		break;
	case SERVER_COLUMNS_EOF:
		mysql_server_columns_eof(c, packet, length, out);
		break;
	case SERVER_ROWS:
		mysql_server_row(c, packet, length, out);
		break;
	case SERVER_FIELDS:
		if (type == PACKET_ERR)
			mysql_failed(c, packet, out);
		else if (type == PACKET_EOF && length < MYSQL_MAX_PAYLOAD)
			mysql_result_ended(c, 0, RESPONSE_RESULTSET, out);
		break;
	case SERVER_PREPARE:
		mysql_server_definition(c, packet, length, out);
		break;
	case SERVER_LOCAL_INFILE:
		if (type == PACKET_ERR)
			mysql_failed(c, packet, out);
		else if (type == PACKET_OK)
			mysql_result_ended(c, mysql_ok_status(packet, length),
					   RESPONSE_LOCAL_INFILE, out);
		else
			out->malformed = 1;
		break;
	default:
		out->malformed = 1;
	}
}

/*
 * Reads one packet of mysqld. Arguments and result as those of mysql_client_packet().
 */
MYSQL_INLINE u32 mysql_server_packet(struct mysql_connection *c, const u8 *packet, int first,
				     u32 available, struct mysql_outcome *out)
{
	struct mysql_server *server = &c->server;
	u32 length, need;
	u8 phase = server->phase;
	u8 sequence;

	if (available < MYSQL_HEADER)
		return 0;
	length = mysql_u24(packet);
	sequence = packet[3];
	need = MYSQL_HEADER + length;
	if (phase == SERVER_GREETING) {
		if (need > MYSQL_GREETING_HEAD)
			need = MYSQL_GREETING_HEAD;
		if (!first)
			return 0;
	} else if (need > MYSQL_HEAD) {
		need = MYSQL_HEAD;
	}
	if (available < need)
		return 0;

	if (phase == SERVER_MAYBE_PREPARE)
		mysql_server_settle(server, packet, length);
	if (server->stream.continued) {
		out->malformed = !mysql_sequence_fits(server, sequence);
	} else if (length == 0 || (packet[MYSQL_HEADER] == PACKET_ERR && length < 3)) {
		out->malformed = 1; /* no type, or an ERR without a code */
	} else if (phase == SERVER_GREETING) {
		mysql_server_hello(c, packet, length, out);
	} else if (phase == SERVER_AUTH) {
		mysql_server_auth(c, packet, out);
	} else if (server->phase == SERVER_START) {
		if (mysql_server_start(c, packet, length, out))
			mysql_server_result(c, packet, length, out);
	} else if (phase != SERVER_LOCAL_INFILE && !mysql_sequence_fits(server, sequence)) {
		out->malformed = 1;
	} else {
		mysql_server_within(c, packet, length, out);
	}
	server->sequence = sequence + 1;
	server->stream.continued = length == MYSQL_MAX_PAYLOAD;
	return MYSQL_HEADER + length;
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
	server->trailing_eof = 0;
	server->settled = 0;
	server->progress = 0;
}

#endif
