/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * Segments of the client that arrived ahead of a hole.
 *
 * TCP keeps them and never asks for them again, so what they hold has to be kept until the hole is
 * filled, if a command may start inside: clients that send several commands at once, or a header
 * and the command behind it. Of a command that fills several segments only the first is needed, and
 * nothing is lost with the others.
 */
#ifndef MYSQL_WIRE_PARKING_H
#define MYSQL_WIRE_PARKING_H

#include "stream.h"

/*
 * Segments kept of a connection, a power of two, and bytes of each from its start: a full Ethernet
 * frame; only segments joined on loopback or by offload are longer (GRO), up to 64 KiB. Before
 * 6.7 the kernel allows 20 KiB for all that programs keep with a socket (net.core.optmem_max,
 * sk_storage_charge() in net/core/bpf_sk_storage.c), and others may want some of it.
 */
#define MYSQL_PARKED       4
#define MYSQL_PARKED_BYTES 1536

struct mysql_parked_segment {
	u64 arrived; /* ns, CLOCK_MONOTONIC */
	u32 start;
	u32 length; /* bytes; 0: nothing is parked here */
	u32 acknowledged;
	u32 unused;
	u8 bytes[MYSQL_PARKED_BYTES +
		 MYSQL_CLIENT_CHUNK]; /* a whole chunk is read at every offset */
};

struct mysql_parking {
	struct mysql_parked_segment segments[MYSQL_PARKED];
	u32 walked; /* index of the segment being walked */
	u32 unused;
};

/* Notes bytes ahead of a hole that are not kept. Should a packet start there, it is missed. */
MYSQL_INLINE void mysql_not_kept(struct mysql_client *client, u32 from, u32 until)
{
	int none = client->unkept_from == client->unkept_until ||
		   !mysql_after(client->unkept_until, client->stream.next);

	if (none || mysql_after(client->unkept_from, from))
		client->unkept_from = from;
	if (none || mysql_after(until, client->unkept_until))
		client->unkept_until = until;
}

/* Whether the next packet starts in bytes that passed by and were not kept. */
MYSQL_INLINE int mysql_next_is_missed(const struct mysql_connection *c)
{
	const struct mysql_client *client = &c->client;

	return mysql_client_is_behind(c) && client->stream.next - client->unkept_from <
						    client->unkept_until - client->unkept_from;
}

/*
 * Finds a place for the segment that mysql_client_enter() found ahead of a hole. Those next to the
 * hole go first.
 *
 * Returns its index; the tap puts segments[index].length bytes there. MYSQL_PARKED: it is there
 * already, or all places are taken.
 */
MYSQL_INLINE u32 mysql_park(struct mysql_connection *c, struct mysql_parking *parking)
{
	const struct mysql_segment *segment = &c->client.segment;
	struct mysql_parked_segment *parked;
	u32 length = segment->length < MYSQL_PARKED_BYTES ? segment->length : MYSQL_PARKED_BYTES;
	u32 end = segment->start + length, farthest = segment->start, i, place = MYSQL_PARKED;
	int taken = 1;

	if (length < segment->length)
		mysql_not_kept(&c->client, end, segment->start + segment->length);
	for (i = 0; i < MYSQL_PARKED; i++) {
		parked = &parking->segments[i];
		/* Free, or the stream has gone past it. */
		if (!parked->length ||
		    !mysql_after(parked->start + parked->length, c->client.stream.next)) {
			place = i;
			taken = 0;
			continue;
		}
		if (parked->start == segment->start && parked->length >= length)
			return MYSQL_PARKED;
		if (taken && mysql_after(parked->start, farthest)) {
			farthest = parked->start;
			place = i;
		}
	}
	if (place == MYSQL_PARKED) {
		mysql_not_kept(&c->client, segment->start, end);
		return MYSQL_PARKED;
	}
	parked = &parking->segments[place & (MYSQL_PARKED - 1)];
	if (taken)
		mysql_not_kept(&c->client, parked->start, parked->start + parked->length);
	parked->start = segment->start;
	parked->length = length;
	parked->acknowledged = segment->acknowledged;
	parked->arrived = segment->now;
	c->client.parked = 1;
	return place;
}

/*
 * Makes the parked segment that holds the next byte the one to be walked, and forgets those that
 * the stream has gone past: 2 GiB on they would seem to be ahead of it.
 *
 * Returns 0 when there is none.
 */
MYSQL_INLINE int mysql_unpark(struct mysql_connection *c, struct mysql_parking *parking)
{
	struct mysql_segment *segment = &c->client.segment;
	u32 next = c->client.stream.next, i;
	u8 left = 0;

	/* Behind a request for TLS, or with a stranger, nothing is a command. */
	if (c->client.phase == CLIENT_OPAQUE || c->client.phase == CLIENT_TOLD) {
		c->client.parked = 0;
		return 0;
	}
	for (i = 0; i < MYSQL_PARKED; i++) {
		struct mysql_parked_segment *parked = &parking->segments[i];

		if (!parked->length)
			continue;
		if (!mysql_after(parked->start + parked->length, next)) {
			parked->length = 0;
			continue;
		}
		left = 1;
		if (mysql_after(parked->start, next))
			continue;
		segment->start = parked->start;
		segment->length = parked->length;
		segment->acknowledged = parked->acknowledged;
		segment->now = parked->arrived;
		segment->at = segment->done = 0;
		parking->walked = i;
		mysql_walk_from_next(&c->client.stream, segment);
		return 1;
	}
	c->client.parked = left;
	return 0;
}

/* Copies a whole chunk; what is beyond the segment's end is not counted in. */
MYSQL_INLINE int mysql_load_parked(struct mysql_parking *parking, u32 offset, u8 *to)
{
	struct mysql_parked_segment *parked =
		&parking->segments[parking->walked & (MYSQL_PARKED - 1)];

	if (offset > MYSQL_PARKED_BYTES)
		return -1;
	for (int i = 0; i < MYSQL_CLIENT_CHUNK; i += 8)
		mysql_move8(to + i, parked->bytes + offset + i);
	return 0;
}

#endif
