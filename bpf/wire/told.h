/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * The client's half of an encrypted connection: told by the server's own functions, for the bytes
 * can't be read. The server's half reads plaintext, at a position of its own, and tells this half
 * what its function for commands was called with, before the answer to it.
 */
#ifndef MYSQL_WIRE_TOLD_H
#define MYSQL_WIRE_TOLD_H

#include "client_login.h"
#include "pending.h"

/* How far an encrypted connection is read. */
enum tls_state {
	TLS_NONE,
	TLS_UNDECIDED, /* the handshake goes on: no plaintext yet */
	TLS_READ,
	TLS_GIVEN_UP,
};

/* Whether the server sends records of TLS from here on, and has not been given up. */
MYSQL_INLINE int mysql_is_encrypted(const struct mysql_connection *c)
{
	/* The client asked for TLS, and its own next bytes have come: see mysql_server_enter(). */
	return c->client.phase == CLIENT_TOLD || (c->opaque == OPAQUE_TLS + 1 && c->client.turns);
}

/* The first plaintext: from now on the connection is readable. */
MYSQL_INLINE void mysql_told(struct mysql_connection *c)
{
	c->client.phase = CLIENT_TOLD;
	c->opaque = 0;
}

/* Nothing of it is to be read any more, for this reason: enum mysql_opaque_reason. */
MYSQL_INLINE void mysql_untold(struct mysql_connection *c, u8 reason)
{
	c->client.phase = CLIENT_OPAQUE;
	c->opaque = reason + 1;
}

/* The account name, out of the server's memory: MYSQL_USER_MAX bytes and 8 more in the window. */
MYSQL_INLINE void mysql_told_user(struct mysql_connection *c)
{
	mysql_keep_user(c, 0, MYSQL_LOGIN_HEAD);
}

/*
 * A command that wants an answer, whose last byte came at arrived.
 *
 * bytes: encrypted ones that came for it. A longer one than fits into a packet moves the first
 * sequence id of its answer on, by how much nobody tells.
 */
MYSQL_INLINE void mysql_told_command(struct mysql_connection *c, u8 command, u64 arrived, u32 bytes,
				     struct mysql_outcome *out)
{
	mysql_pending_push(c, command, arrived, c->server.stream.seen, out);
	if (bytes > MYSQL_MAX_PAYLOAD)
		c->pending[(u8)(c->client.head - 1) & (MYSQL_PENDING - 1)].sequence =
			MYSQL_ANY_SEQUENCE;
}

#endif
