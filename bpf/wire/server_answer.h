/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* How an answer ends, and the command that it belongs to. */
#ifndef MYSQL_WIRE_SERVER_ANSWER_H
#define MYSQL_WIRE_SERVER_ANSWER_H

#include "frame.h"
#include "pending.h"

/* Inside frames the servers number packets by the frames, and not reliably (my_net_write()). */
MYSQL_INLINE int mysql_sequence_fits(const struct mysql_server *server, u8 sequence)
{
	return sequence == server->sequence || server->stream.framed;
}

MYSQL_INLINE void mysql_respond(struct mysql_outcome *out, u8 type)
{
	out->response = type + 1;
}

/*
 * Code of an ERR. One without is an ERR all the same to the clients (cli_safe_read(),
 * sql-common/client.c).
 */
MYSQL_INLINE u16 mysql_error_code(const u8 *packet, u32 length)
{
	return length < 3 ? 0 : mysql_u16(packet + MYSQL_HEADER + 1);
}

MYSQL_INLINE int mysql_is_progress(const u8 *packet, u32 length)
{
	return length > 3 && mysql_u32(packet + MYSQL_HEADER) == MARIADB_PROGRESS_REPORT;
}

/* EOF as it was before CLIENT_DEPRECATE_EOF, and before CLIENT_PROTOCOL_41 without its flags. */
MYSQL_INLINE int mysql_is_eof(const u8 *packet, u32 length)
{
	return packet[MYSQL_HEADER] == PACKET_EOF && length <= 5;
}

/* An ERR that mysqld sends of its own accord. */
MYSQL_INLINE int mysql_is_unsolicited(const u8 *packet, u16 code)
{
	return packet[3] == 0 && packet[MYSQL_HEADER] == PACKET_ERR &&
	       (code == ER_SERVER_SHUTDOWN || code == ER_NET_READ_ERROR ||
		code == ER_NET_READ_INTERRUPTED || code == ER_CONNECTION_KILLED ||
		code == ER_CLIENT_INTERACTION_TIMEOUT);
}

/* The answer to the oldest command is complete. */
MYSQL_INLINE void mysql_answered(struct mysql_connection *c, struct mysql_outcome *out)
{
	struct mysql_pending *oldest;
	u8 settled = c->server.settled;

	c->server.phase = SERVER_START;
	c->server.settled = 0;
	if (c->server.blind || settled)
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

/* An ERR ends the answer, whatever came before. */
MYSQL_INLINE void mysql_failed(struct mysql_connection *c, const u8 *packet, u32 length,
			       struct mysql_outcome *out)
{
	if (mysql_is_progress(packet, length))
		return;
	mysql_respond(out, RESPONSE_ERR);
	out->error_code = mysql_error_code(packet, length);
	mysql_answered(c, out);
}

/* A packet that is not the next one of its answer. Only a server that goes away may send it. */
MYSQL_INLINE void mysql_out_of_sequence(struct mysql_connection *c, const u8 *packet, u32 length,
					struct mysql_outcome *out)
{
	u16 code = mysql_error_code(packet, length);

	if (!mysql_is_unsolicited(packet, code)) {
		out->malformed = 1;
		return;
	}
	mysql_respond(out, RESPONSE_DISCONNECT);
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

/*
 * Status flags of what ends rows: an EOF has them after the warnings and nothing else, an OK after
 * its integers, which need not be zero (net_send_ok(), sql/protocol_classic.cc).
 */
MYSQL_INLINE u16 mysql_eof_status(const u8 *packet, u32 length)
{
	if (length > 5)
		return mysql_ok_status(packet, length);
	return length == 5 ? mysql_u16(packet + MYSQL_HEADER + 3) : 0;
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
	int progress = mysql_is_progress(packet, length), unasked = !oldest && !server->blind;

	if (first == MYSQL_ANY_SEQUENCE)
		first = sequence - server->progress;
	if (packet[MYSQL_HEADER] == PACKET_ERR && !progress) {
		u16 code = mysql_error_code(packet, length);

		/* Of commands that the server itself tells none is missing. */
		if ((unasked && c->client.phase != CLIENT_TOLD) ||
		    mysql_is_unsolicited(packet, code)) {
			mysql_respond(out, RESPONSE_DISCONNECT);
			out->error_code = code;
			return 0;
		}
		/* Commands that the server could not read are refused with sequence id 0. */
		server->sequence = sequence == 0 ? 0 : first + server->progress;
	} else if (server->trailing_eofs && mysql_is_eof(packet, length) &&
		   sequence == server->sequence) {
		server->trailing_eofs--;
		c->eof_style = EOF_CLASSIC;
		return 0;
	} else {
		server->sequence = first + server->progress;
	}
	if (unasked)
		out->unasked = server->blind = 1;
	server->trailing_eofs = 0;
	if (!mysql_sequence_fits(server, sequence)) {
		out->malformed = 1;
		return 0;
	}
	/* A progress report comes before its answer: the answer still starts with the next packet.
	 */
	if (progress) {
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

#endif
