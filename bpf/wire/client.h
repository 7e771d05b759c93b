/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* The client's half: login, commands, and what stands between them. */
#ifndef MYSQL_WIRE_CLIENT_H
#define MYSQL_WIRE_CLIENT_H

#include "bytes.h"
#include "connection.h"

MYSQL_INLINE int mysql_command_has_answer(u8 command)
{
	return command != COM_QUIT && command != COM_STMT_CLOSE &&
	       command != COM_STMT_SEND_LONG_DATA;
}

/*
 * Remembers a command until its answer has passed.
 *
 * Equal commands of one segment share an entry. When the ring is full the last entry takes the
 * command in and forgets which command it was if it differs; its place in the order stays, and so
 * does the position of the first.
 */
MYSQL_INLINE void mysql_pending_push(struct mysql_connection *c, u8 command, u64 now, u32 position,
				     struct mysql_outcome *out)
{
	struct mysql_client *client = &c->client;
	struct mysql_pending *last = &c->pending[(u8)(client->head - 1) & (MYSQL_PENDING - 1)];
	u8 used = client->head - c->server.tail;
	int full = used >= MYSQL_PENDING;
	/* What comes behind a gap is kept apart from what came before. */
	int alike = last->command == command && last->arrived == now && last->sequence == 1 &&
		    client->head != client->last_gap;

	if (used && full && last->count == 0xffff) {
		/* Not one that waits, either: its answer will be one to a command that nobody
		 * knows. */
		out->pipeline_full = 1;
		return;
	}
	client->commands++;
	if (used && (full || (alike && last->count < 0xffff))) {
		if (last->command != command) {
			last->command = COM_UNKNOWN;
			out->pipeline_full = 1;
		}
		last->count++;
		return;
	}
	last = &c->pending[client->head & (MYSQL_PENDING - 1)];
	last->arrived = now;
	last->position = position;
	last->count = 1;
	last->command = command;
	last->sequence = 1;
	client->head++;
}

/* The newest command goes on: its last byte arrives now. */
MYSQL_INLINE void mysql_pending_touch(struct mysql_connection *c, u64 now, u32 position)
{
	struct mysql_pending *last = &c->pending[(u8)(c->client.head - 1) & (MYSQL_PENDING - 1)];

	if (last->count == 1) {
		last->arrived = now;
		last->position = position;
	}
}

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
		c->identity.user[i] = *left ? name[i] : 0;
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

/*
 * Reads one packet of the client.
 *
 * packet:   its first byte; MYSQL_HEAD bytes of memory follow
 * first:    it stands at the start of the window, so that a long head fits
 * available: bytes of it that have arrived
 * position: of the server's stream, acknowledged by the segment that brought the packet
 *
 * Returns its length, header included, which may exceed what has arrived; 0 when more bytes are
 * needed to decide.
 */
MYSQL_INLINE u32 mysql_client_packet(struct mysql_connection *c, const u8 *packet, int first,
				     u32 available, u64 now, u32 position,
				     struct mysql_outcome *out)
{
	struct mysql_client *client = &c->client;
	u32 length, need, user = 0;
	u8 sequence, last, continued, command;

	if (available < MYSQL_HEADER)
		return 0;
	length = mysql_u24(packet);
	sequence = packet[3];
	last = client->sequence;
	continued = client->stream.continued;

	if (client->phase == CLIENT_LOGIN && !continued) {
		need = MYSQL_HEADER + length;
		if (need > MYSQL_LOGIN_HEAD)
			need = MYSQL_LOGIN_HEAD;
		if (available < need || !first)
			return 0;
		/* A greeting is answered with sequence id 1; anything else is no MySQL client. */
		if (sequence != 1 || length < 4)
			out->malformed = 1;
		else
			user = mysql_client_login(c, length);
		out->login = !out->malformed;
		if (user)
			mysql_keep_user(c, user, length);
		client->dialogue = 1;
		client->sequence = sequence;
		return MYSQL_HEADER + length;
	}

	if (continued) {
		/* Each packet of a long command moves the answer's first id on by one. */
		struct mysql_pending *newest =
			&c->pending[(u8)(client->head - 1) & (MYSQL_PENDING - 1)];
		if (!client->file && newest->count == 1)
			newest->sequence = sequence + 1;
	} else if (sequence == 0 && !(client->file && last == 0xff)) {
		if (length == 0) {
			/* No command byte: the server answers ER_UNKNOWN_COM_ERROR or hangs up. */
			command = COM_UNKNOWN;
		} else {
			if (available < MYSQL_HEADER + 1)
				return 0;
			command = packet[MYSQL_HEADER];
		}
		if (command == COM_CHANGE_USER) {
			need = MYSQL_HEADER + length;
			if (need > MYSQL_LOGIN_HEAD)
				need = MYSQL_LOGIN_HEAD;
			if (available < need || !first)
				return 0;
			mysql_keep_user(c, MYSQL_HEADER + 1, length);
			out->change_user = 1;
		}
		client->file = 0;
		client->dialogue = command == COM_CHANGE_USER;
		out->command = mysql_command_class(command) + 1;
		if (mysql_command_has_answer(command))
			mysql_pending_push(c, command, now, position, out);
	} else {
		/* Part of a login dialogue, or of a LOCAL INFILE, which an empty packet ends. */
		client->file = length != 0 && !client->dialogue;
	}
	client->sequence = sequence;
	client->stream.continued = length == MYSQL_MAX_PAYLOAD;
	return MYSQL_HEADER + length;
}

/*
 * Whether the bytes at the start of a segment look like a command: the only safe place to begin to
 * read a connection whose earlier bytes were not seen.
 *
 * packet: 5 bytes; length: payload bytes of the segment
 */
MYSQL_INLINE int mysql_looks_like_command(const u8 *packet, u32 length)
{
	u32 payload = mysql_u24(packet);
	u8 command = packet[MYSQL_HEADER];

	if (length <= MYSQL_HEADER || packet[3] != 0 || payload == 0)
		return 0;
	if (command == 0 || (command > COM_LAST && command != COM_STMT_BULK_EXECUTE))
		return 0;
	return payload + MYSQL_HEADER >= length;
}

/* Whether the segment ends with the packet or frame that it starts with. */
MYSQL_INLINE int mysql_fills(const u8 *packet, u32 length, int compressed)
{
	return mysql_u24(packet) + (compressed ? 7 : MYSQL_HEADER) == length;
}

/*
 * The same for the compressed protocol: a frame that starts a command. Where it is not known that
 * the connection compresses, only a command that can be read is believed.
 *
 * packet: 12 bytes
 */
MYSQL_INLINE int mysql_looks_like_frame(const u8 *packet, u32 length, int known)
{
	u32 payload = mysql_u24(packet);

	if (length < 12 || packet[3] != 0 || payload + 7 < length)
		return 0;
	if (known)
		return 1;
	return mysql_u24(packet + 4) == 0 && payload + 7 == length &&
	       mysql_looks_like_command(packet + 7, payload);
}

#endif
