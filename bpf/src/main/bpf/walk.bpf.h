/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Walks a segment of either direction and accounts for what it holds. */
#ifndef MYSQL_WIRE_WALK_H
#define MYSQL_WIRE_WALK_H

#include "connection.bpf.h"
#include "parking.h"

/* Where the bytes of a segment are. A constant in each program, so that the other case compiles
 * away. */
enum source {
	FROM_PACKET,  /* a network packet */
	FROM_MEMORY,  /* mysqld's memory */
	FROM_PARKING, /* a segment kept since it arrived */
};

/* What a program knows of the segment it walks, beside the struct mysql_segment of the stream. */
struct walk {
	struct tracked_connection *t;
	struct __sk_buff *skb;
	u64 memory;                   /* FROM_MEMORY: address of the first byte */
	struct server_thread *thread; /* encrypted: the one that sends */
	u32 payload;                  /* FROM_PACKET: offset of the first byte */
	struct mysql_parking *parking;
	bool claimed; /* this CPU alone reads bytes of the client */
};

/*
 * Rounds that a segment may take: each reads a chunk, decides on a packet of 4 bytes at least, or
 * on a frame of 7, and all bytes of a PROXY line one by one. The kernel allows 8 million
 * (BPF_MAX_LOOPS), enough for 16 MB of empty packets at once.
 */
static __always_inline u32 rounds(u32 length)
{
	u32 n = length / 2 + 16 + MYSQL_PROXY_LINE;

	return n < 8 << 20 ? n : 8 << 20;
}

/* Reads the next bytes of the segment behind those in the window. */
static __always_inline bool load(struct walk *w, struct mysql_segment *segment,
				 struct mysql_stream *stream, u8 *window, u32 head, u32 chunk,
				 enum source source)
{
	u32 bytes = mysql_refill(stream, window, head, chunk, segment);
	u32 fill = stream->fill;
	long error;

	if (!bytes)
		return true;
	/*
	 * Bounds that the compiler would prove away, but that the verifier wants to see; one before
	 * 6.8 does not learn from "not 0" that at least 1 is left.
	 */
	bytes--;
	asm volatile("" : "+r"(bytes), "+r"(fill));
	if (bytes >= chunk || fill > head)
		return false;
	bytes++;
	if (source == FROM_PARKING)
		error = mysql_load_parked(w->parking, segment->offset, window + fill);
	else if (source == FROM_MEMORY)
		error = bpf_probe_read_user(window + fill, bytes,
					    (void *)(w->memory + segment->offset));
	else
		error = bpf_skb_load_bytes(w->skb, w->payload + segment->offset, window + fill,
					   bytes);
	if (error)
		return false;
	mysql_filled(stream, window + fill, bytes, segment);
	return true;
}

static __always_inline long server_round(struct walk *w, enum source source)
{
	struct tracked_connection *t = w->t;
	struct mysql_segment *segment = &t->wire.server.segment;
	struct mysql_outcome *out = &t->server_outcome;

	if (!load(w, segment, &t->wire.server.stream, t->wire.server.window, MYSQL_GREETING_HEAD,
		  MYSQL_SERVER_CHUNK, source)) {
		segment->done = MYSQL_UNREADABLE;
		return 1;
	}
	if (segment->done)
		return 1;
	mysql_server_next(&t->wire, segment, out);
	/* Most packets are rows and definitions, and mean nothing else. */
	if (out->notable)
		account_response(t, out, segment->now);
	return segment->done != 0;
}

static __always_inline long client_round(struct walk *w, enum source source)
{
	struct tracked_connection *t = w->t;
	struct mysql_segment *segment = &t->wire.client.segment;
	struct mysql_outcome *out = &t->client_outcome;

	if (!load(w, segment, &t->wire.client.stream, t->wire.client.window, MYSQL_LOGIN_HEAD,
		  MYSQL_CLIENT_CHUNK, source)) {
		segment->done = MYSQL_UNREADABLE;
		return 1;
	}
	if (segment->done)
		return 1;
	mysql_client_next(&t->wire, segment, out);
	account_command(t, out);
	return segment->done != 0;
}

static long server_packet_round(u32 round, void *walk)
{
	return server_round(walk, FROM_PACKET);
}

static long server_memory_round(u32 round, void *walk)
{
	return server_round(walk, FROM_MEMORY);
}

static long client_packet_round(u32 round, void *walk)
{
	return client_round(walk, FROM_PACKET);
}

/*
 * Whether a segment was walked to its end. If its bytes could not be read, or not to the end, what
 * they meant is lost, and said so.
 */
static __always_inline bool walk_ended(struct mysql_segment *segment)
{
	if (segment->done == MYSQL_UNREADABLE)
		count_lost(LOST_UNREADABLE, 1);
	else if (!segment->done)
		count_lost(LOST_WALK_LIMIT, 1);
	return segment->done == 1;
}

/* Before the rounds over bytes that mysqld sends; segment.walked says whether there are any. */
static __always_inline void server_begins(struct walk *w)
{
	struct tracked_connection *t = w->t;
	struct mysql_outcome *out = &t->server_outcome;

	if (!t->accepted)
		connection_accepted(t);
	if (mysql_server_enter(&t->wire, &t->wire.server.segment, out) == STREAM_GAP)
		count_lost(LOST_RESPONSE_GAP, 1);
	if (out->unclassified)
		account_unclassified(t, out->unclassified);
}

/* After them. */
static __always_inline void server_ends(struct walk *w)
{
	struct tracked_connection *t = w->t;
	struct mysql_segment *segment = &t->wire.server.segment;

	if (segment->walked) {
		if (!walk_ended(segment))
			mysql_desync(&t->wire.server.stream);
		mysql_server_leave(&t->wire, segment);
	}
	update_gauge(t);
	t->waiting_bytes += segment->fresh;
	if (t->known)
		count_sent(t, segment->rows);
}

/* The same of bytes that the client sent. */
static __always_inline void client_begins(struct walk *w)
{
	mysql_client_enter(&w->t->wire, &w->t->wire.client.segment);
	if (read_tls)
		encrypted_arrives(w->t);
}

static __always_inline void client_leaves(struct walk *w)
{
	if (!walk_ended(&w->t->wire.client.segment))
		mysql_client_gap(&w->t->wire);
	mysql_client_leave(&w->t->wire, &w->t->wire.client.segment);
}

/* One round over parked segments; from the end of one it goes on with the next. */
static long client_parked_round(u32 round, void *walk)
{
	struct walk *w = walk;

	if (!client_round(w, FROM_PARKING))
		return 0;
	client_leaves(w);
	return !mysql_unpark(&w->t->wire, w->parking);
}

/* Bytes of the client will not come (again): commands may have been among them. */
static __always_inline void client_missed(struct walk *w)
{
	if (mysql_client_gap(&w->t->wire))
		count_lost(LOST_COMMAND_GAP, 1);
}

static __always_inline void client_ends(struct walk *w)
{
	if (w->t->wire.client.segment.walked && mysql_next_is_missed(&w->t->wire))
		client_missed(w);
	/* Read after all: 2 GiB on it would seem to be ahead again. */
	if (w->t->passed_over && !mysql_after(w->t->passed_end, w->t->wire.client.stream.next))
		w->t->passed_over = 0;
	update_gauge(w->t);
}

#endif
