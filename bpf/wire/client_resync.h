/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Where the client's half can start to read a stream whose earlier bytes it has not seen. */
#ifndef MYSQL_WIRE_CLIENT_RESYNC_H
#define MYSQL_WIRE_CLIENT_RESYNC_H

#include "frame.h"
#include "pending.h"
#include "records.h"

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

/*
 * Whether a segment of a client is a record of TLS with data, and nothing else: a connection whose
 * beginning was not seen is encrypted then.
 *
 * packet: 5 bytes; length: payload bytes of the segment
 */
MYSQL_INLINE int mysql_looks_encrypted(const u8 *packet, u32 length)
{
	return packet[0] == RECORD_DATA && packet[1] == 3 && packet[2] <= 4 &&
	       ((u32)packet[3] << 8 | packet[4]) + MYSQL_RECORD_HEADER == length;
}

/* Finds out whether a command starts here, plain or in a frame; returns 0 when none does. */
MYSQL_INLINE int mysql_client_resync(struct mysql_connection *c, struct mysql_segment *segment,
				     u32 available)
{
	struct mysql_client *client = &c->client;
	u8 within = client->joined || segment->acknowledged == client->unread_until;

	/* What looks like a command may be the inside of one, or of a file: behind a gap none is
	 * believed before the server has answered something, elsewhere only one that is whole. */
	if (within &&
	    (client->waits || !mysql_fills(client->window, segment->length, c->compressed)))
		return 0;
	client->waits = 0;
	if (available >= 12 &&
	    mysql_looks_like_frame(client->window, segment->length, c->compressed)) {
		c->compressed = 1;
		c->opaque = OPAQUE_COMPRESSED + 1;
		client->compresses = 1;
		client->frame_sequence = 0;
	} else if (c->compressed || available <= MYSQL_HEADER ||
		   !mysql_looks_like_command(client->window, segment->length)) {
		return 0;
	}
	client->stream.framed = 0; /* told apart by client->compresses below */
	client->stream.synced = 1;
	client->phase = CLIENT_COMMAND;
	client->file = 0;
	return 1;
}

/*
 * Starts to read where a tap knows that a command starts: its header has passed, and the segment
 * goes on behind it.
 */
MYSQL_INLINE void mysql_client_begin(struct mysql_connection *c, const u8 *header, u32 position)
{
	struct mysql_client *client = &c->client;

	for (u32 i = 0; i < MYSQL_HEADER; i++)
		client->window[i] = header[i];
	client->stream.fill = MYSQL_HEADER;
	client->stream.framed = 0;
	client->stream.continued = 0;
	client->stream.synced = 1;
	client->stream.next = position;
	client->phase = CLIENT_COMMAND;
	client->file = 0;
	client->joined = 0;
	client->waits = 0;
}

/*
 * Bytes of the client went by unread, and commands may be among them; nobody knows how many. The
 * server's half goes on, but no longer knows what it answers.
 *
 * Returns 0 when they were part of a LOCAL INFILE: no command can be missed there.
 */
MYSQL_INLINE int mysql_client_gap(struct mysql_connection *c)
{
	struct mysql_client *client = &c->client;

	mysql_desync(&client->stream);
	client->unread_until = client->acknowledged;
	client->waits = 1;
	if (client->file)
		return 0;
	if (client->gaps == c->server.gaps)
		client->first_gap = client->head;
	client->last_gap = client->head;
	/* It wraps, but not to where no gap is. */
	if ((u8)(client->gaps + 1) != c->server.gaps)
		client->gaps++;
	return 1;
}

#endif
