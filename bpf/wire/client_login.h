/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* The login as the client sends it. */
#ifndef MYSQL_WIRE_CLIENT_LOGIN_H
#define MYSQL_WIRE_CLIENT_LOGIN_H

#include "connection.h"
#include "outcome.h"

/*
 * Keeps the account name: a NUL-terminated string at offset of a packet at the window's start.
 *
 * What decides is read from memory in each round: so the kernel's verifier learns nothing from a
 * round, and takes all of them for one path instead of two to the power of 96.
 */
MYSQL_INLINE void mysql_keep_user(struct mysql_connection *c, u32 offset, u32 length)
{
	volatile u8 *left = &c->client.user_left;
	const u8 *name = c->client.window + (offset & 63);
	u32 i;

	length += MYSQL_HEADER;
	*left = length <= offset                   ? 0
		: length - offset > MYSQL_USER_MAX ? MYSQL_USER_MAX
						   : length - offset;
	for (i = 0; i < MYSQL_USER_MAX; i++) {
		if (*left <= i || !*(const volatile u8 *)(name + i))
			*left = 0;
		c->user[i] = *left ? name[i] : 0;
	}
}

/*
 * HandshakeResponse41, HandshakeResponse320 or SSLRequest (parse_client_handshake_packet()).
 *
 * Returns the offset of the account name, 0 when it travels encrypted.
 */
MYSQL_INLINE u32 mysql_client_login(struct mysql_connection *c, u32 length)
{
	const u8 *packet = c->client.window;
	u32 capabilities = mysql_u16(packet + MYSQL_HEADER);

	c->client.phase = CLIENT_COMMAND;
	if (capabilities & CLIENT_PROTOCOL_41)
		capabilities = mysql_u32(packet + MYSQL_HEADER);
	/* SSLRequest: the login without its end; old Connector/J sends 4 bytes only. */
	if (capabilities & CLIENT_SSL && (length == 32 || length == 4)) {
		c->client.phase = CLIENT_OPAQUE;
		c->opaque = OPAQUE_TLS + 1;
		return 0;
	}
	c->capabilities = capabilities;
	/* The server's offer may not have been seen yet: then the client knows it better. */
	if (!c->server.capabilities || c->server.capabilities & MYSQL_COMPRESSION)
		c->client.compresses = (capabilities & MYSQL_COMPRESSION) != 0;
	return MYSQL_HEADER + (capabilities & CLIENT_PROTOCOL_41 ? 32 : 5);
}

#endif
