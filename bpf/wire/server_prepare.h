/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* The answer to COM_STMT_PREPARE: an OK of its own form, then definitions. */
#ifndef MYSQL_WIRE_SERVER_PREPARE_H
#define MYSQL_WIRE_SERVER_PREPARE_H

#include "server_answer.h"

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

#endif
