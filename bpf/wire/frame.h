/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * Frames of the compressed protocol: {compressed length u24, sequence id u8, length u24}, then
 * bytes of the packets' stream. Length 0 means that they stand there as they are, which both
 * servers do below 50 bytes (MIN_COMPRESS_LENGTH) and MariaDB for every ERR. Those are read; of the
 * others only the length is known.
 */
#ifndef MYSQL_WIRE_FRAME_H
#define MYSQL_WIRE_FRAME_H

#include "bytes.h"
#include "connection.h"

#define MYSQL_FRAME_HEADER 7

enum mysql_frame_event {
	FRAME_NONE,
	FRAME_READABLE,
	FRAME_UNREADABLE,
};

/* Begins to take the stream for frames. */
MYSQL_INLINE void mysql_frames_begin(struct mysql_stream *stream)
{
	stream->framed = 1;
	stream->frame_fill = 0;
	stream->frame_left = 0;
	stream->frame_event = FRAME_NONE;
	stream->skip = 0;
}

/*
 * Moves on to bytes that are wanted, as far as this frame reaches.
 *
 * Returns how many to read: of the frame's header, or of its bytes. 0: none are left in the
 * segment, or the frame ends here and the next is to be looked at (segment->refill).
 */
MYSQL_INLINE u32 mysql_frame_refill(struct mysql_stream *stream, u32 chunk,
				    struct mysql_segment *segment)
{
	u32 left, skip;

	if (stream->frame_left) {
		skip = stream->skip < stream->frame_left ? stream->skip : stream->frame_left;
		stream->skip -= skip;
		stream->frame_left -= skip;
		segment->offset += skip;
		if (!stream->frame_left) {
			segment->refill = 1;
			return 0;
		}
	}
	if (segment->offset >= segment->length) {
		segment->done = 1;
		return 0;
	}
	left = segment->length - segment->offset;
	if (!stream->frame_left)
		chunk = MYSQL_FRAME_HEADER - stream->frame_fill;
	else if (chunk > stream->frame_left)
		chunk = stream->frame_left;
	return left < chunk ? left : chunk;
}

/*
 * Takes in bytes read to window + stream->fill: part of a header, or of the packets' stream. When a
 * header is complete, stream->frame_event says what begins.
 */
MYSQL_INLINE void mysql_frame_filled(struct mysql_stream *stream, const u8 *from, u32 bytes,
				     struct mysql_segment *segment)
{
	u32 length, i;

	segment->offset += bytes;
	if (stream->frame_left) {
		stream->frame_left -= bytes;
		stream->fill += bytes;
		return;
	}
	for (i = 0; i < MYSQL_FRAME_HEADER; i++) {
		if (i < bytes)
			stream->frame[(stream->frame_fill + i) & 7] = from[i];
	}
	stream->frame_fill += bytes;
	segment->refill = 1;
	if (stream->frame_fill < MYSQL_FRAME_HEADER)
		return;
	stream->frame_fill = 0;
	stream->frame_left = mysql_u24(stream->frame);
	length = mysql_u24(stream->frame + 4);
	stream->frame_event = FRAME_READABLE;
	if (length == 0)
		return;
	/* Compressed: passed over whole. It does no harm within a packet that is skipped anyway. */
	segment->offset += stream->frame_left;
	stream->frame_left = 0;
	if (stream->skip >= length)
		stream->skip -= length;
	else
		stream->frame_event = FRAME_UNREADABLE;
}

#endif
