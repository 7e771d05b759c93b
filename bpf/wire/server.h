/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* The server's half: one packet of mysqld, whatever state the connection is in. */
#ifndef MYSQL_WIRE_SERVER_H
#define MYSQL_WIRE_SERVER_H

#include "server_result.h"

/*
 * Reads one packet of mysqld. Arguments and result as those of mysql_client_packet().
 */
MYSQL_INLINE u32 mysql_server_packet(struct mysql_connection *c, const u8 *packet, int first,
				     u32 available, struct mysql_outcome *out)
{
	struct mysql_server *server = &c->server;
	u32 length, need;
	u8 phase = server->phase;
	u8 sequence;

	if (available < MYSQL_HEADER)
		return 0;
	length = mysql_u24(packet);
	sequence = packet[3];
	need = MYSQL_HEADER + length;
	if (phase == SERVER_GREETING) {
		need = MYSQL_STRANGER_HEAD(length);
		if (need > MYSQL_GREETING_HEAD)
			need = MYSQL_GREETING_HEAD;
		if (!first)
			return 0;
	} else if (need > MYSQL_HEAD) {
		need = MYSQL_HEAD;
	}
	if (available < need)
		return 0;

	if (phase == SERVER_MAYBE_PREPARE)
		mysql_server_settle(server, packet, length);
	if (server->stream.continued) {
		out->malformed = !mysql_sequence_fits(server, sequence);
	} else if (phase == SERVER_GREETING) {
		mysql_server_hello(c, packet, length, available, out);
	} else if (phase == SERVER_AUTH) {
		mysql_server_auth(c, packet, length, out);
	} else if (length == 0) {
		out->malformed = 1;
	} else if (server->phase == SERVER_START) {
		if (mysql_server_start(c, packet, length, out))
			mysql_server_result(c, packet, length, out);
	} else if (phase != SERVER_LOCAL_INFILE && !mysql_sequence_fits(server, sequence)) {
		mysql_out_of_sequence(c, packet, length, out);
	} else {
		mysql_server_within(c, packet, length, out);
	}
	server->sequence = sequence + 1;
	server->stream.continued = length == MYSQL_MAX_PAYLOAD;
	return MYSQL_HEADER + length;
}

#endif
