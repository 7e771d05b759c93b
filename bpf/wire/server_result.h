/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Results: OK, ERR, or columns and rows up to the packet that ends them. */
#ifndef MYSQL_WIRE_SERVER_RESULT_H
#define MYSQL_WIRE_SERVER_RESULT_H

#include "server_login.h"
#include "server_prepare.h"

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

/*
 * The rows ended. Those of OUT parameters say only in the EOF ahead of them that more follows
 * (Protocol_binary::send_out_parameters(), sql/protocol_classic.cc).
 */
MYSQL_INLINE void mysql_rows_ended(struct mysql_connection *c, u16 status,
				   struct mysql_outcome *out)
{
	if (c->server.phase == SERVER_OUT_ROWS)
		status |= SERVER_MORE_RESULTS_EXISTS;
	mysql_result_ended(c, status, RESPONSE_RESULTSET, out);
}

/* A row, or the packet that ends the rows. */
MYSQL_INLINE void mysql_server_row(struct mysql_connection *c, const u8 *packet, u32 length,
				   struct mysql_outcome *out)
{
	/* A first column of 16 MB starts with the same byte, but then the packet is full. */
	if (packet[MYSQL_HEADER] == PACKET_EOF && length < MYSQL_MAX_PAYLOAD)
		mysql_rows_ended(c, mysql_eof_status(packet, length), out);
	else
		c->server.segment.rows++;
}

/* A definition of COM_FIELD_LIST, or what ends them; there may be none. */
MYSQL_INLINE void mysql_server_field(struct mysql_connection *c, const u8 *packet, u32 length,
				     struct mysql_outcome *out)
{
	if (packet[MYSQL_HEADER] == PACKET_EOF && length < MYSQL_MAX_PAYLOAD)
		mysql_result_ended(c, 0, RESPONSE_RESULTSET, out);
}

/*
 * The command whose answer this packet starts, where no memory of it is left: two kinds of answers
 * begin like no other. Both servers' statistics start with "Uptime: ", a definition with the
 * catalog "def"; a column count has neither length.
 */
MYSQL_INLINE u8 mysql_command_by_form(const u8 *packet, u32 length)
{
	if (length < 8)
		return COM_UNKNOWN;
	switch (mysql_u32(packet + MYSQL_HEADER)) {
	case 0x69747055: /* "Upti" */
		return COM_STATISTICS;
	case 0x66656403: /* "\3def" */
		return COM_FIELD_LIST;
	default:
		return COM_UNKNOWN;
	}
}

/*
 * An OK. With rows affected and no transaction open it acknowledges a write, or SELECT ... INTO;
 * one in a transaction promises nothing yet, and COMMIT's has no rows.
 */
MYSQL_INLINE void mysql_server_ok(struct mysql_connection *c, const u8 *packet, u32 length, u8 type,
				  struct mysql_outcome *out)
{
	u16 status = mysql_ok_status(packet, length);

	if (packet[MYSQL_HEADER + 1] && !(status & SERVER_STATUS_IN_TRANS))
		c->server.segment.writes++;
	mysql_result_ended(c, status, type, out);
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
		mysql_server_auth(c, packet, length, out);
		return;
	}
	if (type == PACKET_ERR) {
		mysql_failed(c, packet, length, out);
		return;
	}
	if (server->command == COM_UNKNOWN)
		server->command = mysql_command_by_form(packet, length);
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
		if (mysql_is_prepare_ok(packet, length))
			mysql_server_prepared(c, packet, length, out);
		else
			out->malformed = 1;
		return;
	case COM_FIELD_LIST:
		server->phase = SERVER_FIELDS;
		mysql_server_field(c, packet, length, out);
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
			mysql_server_ok(c, packet, length, RESPONSE_OK, out);
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

	if (!mysql_is_eof(packet, length)) {
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
	c->server.phase = (status & SERVER_OUT_ROWS_FOLLOW) == SERVER_OUT_ROWS_FOLLOW
				  ? SERVER_OUT_ROWS
				  : SERVER_ROWS;
	/* The rows stay in a cursor, for COM_STMT_FETCH. */
	if (status & SERVER_STATUS_CURSOR_EXISTS)
		mysql_result_ended(c, status, RESPONSE_RESULTSET, out);
}

/* Packets in the middle of an answer. */
MYSQL_INLINE void mysql_server_within(struct mysql_connection *c, const u8 *packet, u32 length,
				      struct mysql_outcome *out)
{
	struct mysql_server *server = &c->server;
	u8 type = packet[MYSQL_HEADER];

	if (type == PACKET_ERR) {
		mysql_failed(c, packet, length, out);
		return;
	}
	switch (server->phase) {
	case SERVER_NEXT_RESULT:
		mysql_server_result(c, packet, length, out);
		break;
	case SERVER_COLUMNS:
		if (--server->columns == 0)
			server->phase =
				c->eof_style == EOF_DEPRECATED ? SERVER_ROWS : SERVER_COLUMNS_EOF;
		break;
	case SERVER_COLUMNS_EOF:
		mysql_server_columns_eof(c, packet, length, out);
		break;
	case SERVER_ROWS:
	case SERVER_OUT_ROWS:
		mysql_server_row(c, packet, length, out);
		break;
	case SERVER_FIELDS:
		mysql_server_field(c, packet, length, out);
		break;
	case SERVER_PREPARE:
		mysql_server_definition(c, packet, length, out);
		break;
	case SERVER_LOCAL_INFILE:
		if (type == PACKET_OK)
			mysql_server_ok(c, packet, length, RESPONSE_LOCAL_INFILE, out);
		else
			out->malformed = 1;
		break;
	default:
		out->malformed = 1;
	}
}

#endif
