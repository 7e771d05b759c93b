/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Greeting and login dialogue, as mysqld leads them. */
#ifndef MYSQL_WIRE_SERVER_LOGIN_H
#define MYSQL_WIRE_SERVER_LOGIN_H

#include "server_answer.h"
#include "stranger.h"

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
MYSQL_INLINE void mysql_refused(struct mysql_connection *c, const u8 *packet, u32 length,
				struct mysql_outcome *out)
{
	out->error_code = mysql_error_code(packet, length);
	mysql_auth_ended(c, RESPONSE_AUTH_ERR, out);
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

/*
 * Longest packet of a plugin: a Kerberos ticket, or a key. To take a TLS record for a packet would
 * be to see one of 196,608 bytes or more.
 */
#define MYSQL_DIALOGUE_MAX 0xffff

/*
 * Login dialogue, also that of COM_CHANGE_USER. MySQL says what goes on: AuthSwitch, AuthMoreData,
 * AuthNextFactor. What MariaDB's plugins send has no type, and may be empty: only a first byte of
 * 1, 0xfe or 0xff is escaped (server_mpvio_write_packet(), sql/sql_acl.cc).
 */
MYSQL_INLINE void mysql_server_auth(struct mysql_connection *c, const u8 *packet, u32 length,
				    struct mysql_outcome *out)
{
	if (!length)
		return;
	switch (packet[MYSQL_HEADER]) {
	case PACKET_OK:
		mysql_auth_ended(c, RESPONSE_AUTH_OK, out);
		mysql_negotiated(c);
		break;
	case PACKET_ERR:
		mysql_refused(c, packet, length, out);
		break;
	default:
		if (length > MYSQL_DIALOGUE_MAX && c->opaque == OPAQUE_TLS + 1) {
			/* An alert, to a client that asked for TLS and left. */
			c->server.phase = SERVER_OPAQUE;
			out->unclassified = 1;
		} else {
			out->malformed = length > MYSQL_DIALOGUE_MAX;
		}
	}
}

/* Greeting, or a connection refused in its place. Whatever else it is, it is no MySQL server. */
MYSQL_INLINE void mysql_server_hello(struct mysql_connection *c, const u8 *packet, u32 length,
				     u32 available, struct mysql_outcome *out)
{
	u8 type = length ? packet[MYSQL_HEADER] : 0;

	if (type == PACKET_PROTOCOL_10) {
		mysql_server_greeting(c, length);
	} else if (type == PACKET_ERR && length >= 3) {
		mysql_refused(c, packet, length, out);
	} else {
		out->stranger = 1;
		mysql_name_stranger(c, packet, available);
		out->unclassified = c->opaque == OPAQUE_X_PROTOCOL + 1 ||
				    c->opaque == OPAQUE_GROUP_REPLICATION + 1;
		c->server.turns = c->client.turns;
		c->server.phase = SERVER_OPAQUE;
	}
}

#endif
