/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* The login as the client sends it. */
#ifndef MYSQL_WIRE_CLIENT_LOGIN_H
#define MYSQL_WIRE_CLIENT_LOGIN_H

#include "connection.h"
#include "outcome.h"

#define MYSQL_EACH_BYTE 0x0101010101010101ULL

/*
 * Keeps the account name: a NUL-terminated string at offset of a packet at the window's start. One
 * without an end in the packet is none: the servers refuse it unread.
 *
 * By words and without branches, so that the kernel's verifier takes all names for one path. The
 * zeros of a word are found as in strlen(); bytes before the first one are kept, and nothing
 * behind.
 */
MYSQL_INLINE void mysql_keep_user(struct mysql_connection *c, u32 offset, u32 length)
{
	const u8 *name = c->client.window + (offset & 63);
	u32 i, last = MYSQL_HEADER + length - offset - 1;
	u64 going_on = ~0ULL, word, zeros;

#pragma GCC unroll 1
	for (i = 0; i < MYSQL_USER_MAX; i += 8) {
		mysql_move8((u8 *)&word, name + i);
		zeros = (word - MYSQL_EACH_BYTE) & ~word & MYSQL_EACH_BYTE << 7;
		word &= (((zeros & -zeros) >> 7) - 1) & going_on;
		going_on &= ((zeros | -zeros) >> 63) - 1;
		mysql_move8(c->user + i, (u8 *)&word);
	}
	c->client.user_cut = going_on & 1;
	if (MYSQL_HEADER + length <= offset || (last < MYSQL_USER_MAX && c->user[last])) {
		c->client.user_cut = 0;
		__builtin_memset(c->user, 0, MYSQL_USER_MAX);
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
	u32 capabilities = mysql_u16(packet + MYSQL_HEADER), offered;

	c->client.phase = CLIENT_COMMAND;
	if (capabilities & CLIENT_PROTOCOL_41)
		capabilities = mysql_u32(packet + MYSQL_HEADER);
	c->capabilities = capabilities;
	/* SSLRequest: the login without its end; old Connector/J sends 4 bytes only. */
	if (capabilities & CLIENT_SSL && (length == 32 || length == 4)) {
		c->client.phase = CLIENT_OPAQUE;
		c->opaque = OPAQUE_TLS + 1;
		return 0;
	}
	/* The server's offer may not have been seen yet: then the client knows it better. */
	offered = c->server.capabilities ? c->server.capabilities : MYSQL_COMPRESSION;
	c->client.compresses = (capabilities & offered & MYSQL_COMPRESSION) != 0;
	return MYSQL_HEADER + (capabilities & CLIENT_PROTOCOL_41 ? 32 : 5);
}

#endif
