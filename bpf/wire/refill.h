/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* How a window is filled: from the packets' stream as it is, or from frames. */
#ifndef MYSQL_WIRE_REFILL_H
#define MYSQL_WIRE_REFILL_H

#include "frame.h"

/*
 * Prepares the window for more bytes.
 *
 * Returns how many to read, at most chunk, from segment->offset to window + stream->fill; 0 when
 * none are needed or left.
 */
MYSQL_INLINE u32 mysql_refill(struct mysql_stream *stream, u8 *window, u32 head, u32 chunk,
			      struct mysql_segment *segment)
{
	u32 left;
	int moved = segment->at != 0;

	if (!segment->refill)
		return 0;
	segment->refill = 0;
	mysql_compact(stream, window, head + chunk, segment);
	if (stream->framed && stream->fill <= head) {
		left = mysql_frame_refill(stream, chunk, segment);
		if (moved)
			segment->done = 0;
		return left;
	}
	if (segment->offset >= segment->length || stream->fill > head) {
		/* Moved to the front, a packet that was whole already can be read. */
		segment->done = !moved;
		return 0;
	}
	left = segment->length - segment->offset;
	return left < chunk ? left : chunk;
}

/* Takes in the bytes that were read; from is where they were put. */
MYSQL_INLINE void mysql_filled(struct mysql_stream *stream, const u8 *from, u32 bytes,
			       struct mysql_segment *segment)
{
	if (stream->framed) {
		mysql_frame_filled(stream, from, bytes, segment);
		return;
	}
	stream->fill += bytes;
	segment->offset += bytes;
}

#endif
