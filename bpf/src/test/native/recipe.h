/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a fuzzer's input means: a conversation, in the order in which its segments arrive.
 *
 *	{u8 flags} then {u8 kind, u8 length, bytes} again and again
 *
 * Two tests compare how it is played: in whole segments, or cut.
 */
#ifndef MYSQL_WIRE_RECIPE_H
#define MYSQL_WIRE_RECIPE_H

#include <stdbool.h>
#include <stddef.h>

#include "host_tap.h"

#define RECIPE_RECORD_MAX 255 /* bytes of a record */
#define RECIPE_SKIPPED    3   /* bytes that KIND_SKIP misses */

/* Near the wrap of TCP positions, so that every input crosses it. */
#define RECIPE_CLIENT_START 0xfffffff0u
#define RECIPE_SERVER_START 0xffffff00u

enum recipe_kind {
	KIND_FROM_SERVER = 1,
	KIND_OLDER = 2, /* in the first byte: the connection was there before */
	KIND_RESEND = 4,
	KIND_SKIP = 8,  /* bytes are missing before this record */
	KIND_LATE = 16, /* the last piece but one of a client's record arrives after the last */
	KIND_FILL = 32, /* the bytes that the client's last KIND_SKIP missed come, before this */
	KIND_REST = 64, /* the rest of a packet that began passes by first, up to 16 MB of it */
};

/* How segments are cut. */
struct cuts {
	u32 piece;  /* bytes, 0: as chance has it */
	u64 chance; /* state of xorshift, not 0 */
	bool reorder;
};

/* Where both streams end, and what had gone wrong on the way. */
struct played {
	u32 client, server; /* positions */
	u64 now;
	bool lost; /* bytes, or one half its place */
};

static inline u32 next_piece(struct cuts *cuts)
{
	if (cuts->piece)
		return cuts->piece;
	cuts->chance ^= cuts->chance << 13;
	cuts->chance ^= cuts->chance >> 7;
	cuts->chance ^= cuts->chance << 17;
	/* As often in the first bytes of a header as anywhere. */
	return cuts->chance & 1 ? 1 + (cuts->chance >> 8) % 5 : 1 + (cuts->chance >> 8) % 200;
}

static inline void play_record(struct host_tap *tap, u8 kind, u32 position, u32 acknowledged,
			       const u8 *bytes, u32 length, u64 now, struct cuts *cuts)
{
	int from_server = kind & KIND_FROM_SERVER;
	u32 ends[RECIPE_RECORD_MAX], pieces = 0, from = 0;

	while (from < length) {
		u32 n = next_piece(cuts);

		from += n < length - from ? n : length - from;
		ends[pieces++] = from;
	}
	bool late = cuts->reorder && !from_server && kind & KIND_LATE && pieces > 1;

	for (u32 i = 0; i < pieces; i++) {
		/* The order of arrival ends with the last piece, then the last but one. */
		u32 nth = late && i + 2 >= pieces ? 2 * pieces - 3 - i : i;

		from = nth ? ends[nth - 1] : 0;
		host_segment(tap, from_server, position + from, acknowledged, bytes + from,
			     ends[nth] - from, now);
	}
	if (kind & KIND_RESEND)
		host_segment(tap, from_server, position, acknowledged, bytes, length, now);
}

/* Of bytes that are passed over the last one tells as much as all of them. */
static inline void play_rest(struct host_tap *tap, u8 kind, struct played *p)
{
	const struct mysql_connection *c = &tap->connection;
	int from_server = kind & KIND_FROM_SERVER;
	const struct mysql_stream *stream = from_server ? &c->server.stream : &c->client.stream;
	u32 *position = from_server ? &p->server : &p->client;

	if (!stream->synced || stream->framed || !mysql_after(stream->next, *position))
		return;
	*position = stream->next;
	host_segment(tap, from_server, *position - 1, p->server, (const u8 *)"", 1, p->now);
}

static inline struct played play(struct host_tap *tap, const u8 *input, size_t size,
				 struct cuts cuts)
{
	static const u8 missed[RECIPE_SKIPPED];
	struct played p = {RECIPE_CLIENT_START, RECIPE_SERVER_START, 1, false};
	u32 hole = 0;
	bool open = false;

	memset(tap, 0, sizeof(*tap));
	if (input[0] & KIND_OLDER)
		mysql_connection_older(&tap->connection, p.client, p.server);
	else
		mysql_connection_new(&tap->connection, p.client, p.server);
	for (size_t at = 1; at + 2 <= size; p.now++) {
		u8 kind = input[at];
		u32 length = input[at + 1];
		u32 *position = kind & KIND_FROM_SERVER ? &p.server : &p.client;

		if (length > size - at - 2)
			length = size - at - 2;
		if (kind & KIND_FILL && open) {
			host_segment(tap, 0, hole, p.server, missed, RECIPE_SKIPPED, p.now);
			open = false;
		}
		if (kind & KIND_REST)
			play_rest(tap, kind, &p);
		if (kind & KIND_SKIP) {
			p.lost = true;
			if (!(kind & KIND_FROM_SERVER)) {
				hole = p.client;
				open = true;
			}
			*position += RECIPE_SKIPPED;
		}
		play_record(tap, kind, *position, p.server, input + at + 2, length, p.now, &cuts);
		p.lost |= !tap->connection.client.stream.synced ||
			  !tap->connection.server.stream.synced;
		*position += length;
		at += 2 + length;
	}
	return p;
}

#endif
