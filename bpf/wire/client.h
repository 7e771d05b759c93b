/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* The client's half: login, commands, and what stands between them. */
#ifndef MYSQL_WIRE_CLIENT_H
#define MYSQL_WIRE_CLIENT_H

#include "client_login.h"
#include "client_proxy.h"
#include "pending.h"
#include "stranger.h"

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

	if (client->phase == CLIENT_LOGIN && client->proxy.state != PROXY_OVER) {
		if (client->proxy.state == PROXY_LINE || mysql_proxy_starts(packet))
			return mysql_client_proxy(client, packet, available, out);
		client->proxy.state = PROXY_OVER;
	}
	if (client->phase == CLIENT_LOGIN && !continued) {
		need = MYSQL_STRANGER_HEAD(length);
		if (need > MYSQL_LOGIN_HEAD)
			need = MYSQL_LOGIN_HEAD;
		if (available < need || !first)
			return 0;
		/* A greeting is answered with sequence id 1; anything else is no MySQL client. */
		if (sequence != 1 || length < 4) {
			out->stranger = 1;
			mysql_name_stranger(c, packet, available);
		} else {
			user = mysql_client_login(c, length);
		}
		out->login = !out->stranger;
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

#endif
