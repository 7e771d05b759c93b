/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* The answer to COM_STMT_PREPARE: an OK of its own form, then definitions. */
#ifndef MYSQL_WIRE_SERVER_PREPARE_H
#define MYSQL_WIRE_SERVER_PREPARE_H

#include "server_answer.h"

/*
 * The first packet of COM_STMT_PREPARE's answer: 00 id:4 columns:2 parameters:2 00 warnings:2 [1].
 */
MYSQL_INLINE int mysql_is_prepare_ok(const u8 *packet, u32 length)
{
	return packet[MYSQL_HEADER] == PACKET_OK && length >= 12 && packet[MYSQL_HEADER + 9] == 0;
}

/* Groups of definitions behind it, those of parameters and those of columns. */
MYSQL_INLINE u32 mysql_definition_groups(const u8 *packet)
{
	return (mysql_u16(packet + MYSQL_HEADER + 5) != 0) +
	       (mysql_u16(packet + MYSQL_HEADER + 7) != 0);
}

/* Number of definitions, and of EOFs behind each group, where there are any. */
MYSQL_INLINE u32 mysql_definitions(const struct mysql_connection *c, const u8 *packet, u32 length)
{
	u32 packets = mysql_u16(packet + MYSQL_HEADER + 5) + mysql_u16(packet + MYSQL_HEADER + 7);

	/*
	 * The last byte, where negotiated, says whether the definitions are there. The EOFs behind
	 * them are in any case (THD::send_result_metadata(), sql/sql_class.cc of 8.0).
	 */
	if (length >= 13 && packet[MYSQL_HEADER + 12] == 0)
		packets = 0;
	if (c->eof_style == EOF_CLASSIC)
		packets += mysql_definition_groups(packet);
	return packets;
}

MYSQL_INLINE void mysql_server_prepared(struct mysql_connection *c, const u8 *packet, u32 length,
					struct mysql_outcome *out)
{
	c->server.columns = mysql_definitions(c, packet, length);
	if (c->server.columns) {
		c->server.phase = SERVER_PREPARE;
		return;
	}
	if (c->eof_style == EOF_UNKNOWN)
		c->server.trailing_eofs = mysql_definition_groups(packet);
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

	if (c->server.command != COM_UNKNOWN || length > 13 || !mysql_is_prepare_ok(packet, length))
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

	if (c->eof_style == EOF_UNKNOWN && mysql_is_eof(packet, length))
		return;
	if (--server->columns)
		return;
	server->trailing_eofs = c->eof_style == EOF_UNKNOWN;
	if (!server->settled)
		mysql_respond(out, RESPONSE_OK);
	mysql_answered(c, out);
}

#endif
