/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * Segments of the client that arrived ahead of a hole.
 *
 * TCP keeps them and never asks for them again, so what they hold has to be kept until the hole is
 * filled, if a command may start inside: clients that send several commands at once. Of a command
 * that fills several segments only the first is needed, and nothing is lost with the others.
 */
#ifndef MYSQL_WIRE_PARKING_H
#define MYSQL_WIRE_PARKING_H

#include "stream.h"

/*
 * Segments kept of a connection, a power of two, and bytes of each: a full Ethernet frame. Before
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

/*
 * Finds a place for the segment that mysql_client_enter() found ahead of a hole.
 *
 * Returns its index; the tap puts the bytes there. MYSQL_PARKED: it is too long, is there already,
 * or all places are taken.
 */
MYSQL_INLINE u32 mysql_park(const struct mysql_connection *c, struct mysql_parking *parking)
{
	const struct mysql_segment *segment = &c->client.segment;
	u32 i, place = MYSQL_PARKED;

	if (segment->length > MYSQL_PARKED_BYTES)
		return MYSQL_PARKED;
	for (i = 0; i < MYSQL_PARKED; i++) {
		struct mysql_parked_segment *parked = &parking->segments[i];

		if (parked->length && parked->start == segment->start &&
		    parked->length >= segment->length)
			return MYSQL_PARKED;
		/* Free, or the stream has gone past it. */
		if (!parked->length ||
		    !mysql_after(parked->start + parked->length, c->client.stream.next))
			place = i;
	}
	if (place < MYSQL_PARKED) {
		struct mysql_parked_segment *parked = &parking->segments[place];

		parked->start = segment->start;
		parked->length = segment->length;
		parked->acknowledged = segment->acknowledged;
		parked->arrived = segment->now;
	}
	return place;
}

/*
 * Makes the parked segment that holds the next byte the one to be walked.
 *
 * Returns 0 when there is none.
 */
MYSQL_INLINE int mysql_unpark(struct mysql_connection *c, struct mysql_parking *parking)
{
	struct mysql_segment *segment = &c->client.segment;
	u32 next = c->client.stream.next, i;

	for (i = 0; i < MYSQL_PARKED; i++) {
		struct mysql_parked_segment *parked = &parking->segments[i];

		if (!parked->length || mysql_after(parked->start, next) ||
		    !mysql_after(parked->start + parked->length, next))
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
	return 0;
}

#endif
