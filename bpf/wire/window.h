/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * One direction of a connection, read through a window.
 *
 * Bytes come as segments: a piece of the stream with the TCP position of its first byte. What was
 * seen already is skipped, what is missing is noticed. Only heads of packets are read, into a
 * window; a head that is cut off stays in the window until the rest has come, so that no decision
 * depends on where the stream was cut.
 */
#ifndef MYSQL_WIRE_WINDOW_H
#define MYSQL_WIRE_WINDOW_H

#include "bytes.h"

/*
 * Bytes of a packet that decisions are made on, header included. An OK needs 4 + 1 + 9 + 9 + 2 = 25
 * (two length-encoded integers before the status).
 */
#define MYSQL_HEAD 32

/* Position in one direction of the connection. Positions are TCP sequence numbers and wrap. */
struct mysql_stream {
	u32 seen;     /* end of the bytes that passed by */
	u32 next;     /* first byte that has to be read */
	u16 fill;     /* bytes in the window */
	u8 synced;    /* 0: the next byte's meaning is unknown, wait for a safe place to start */
	u8 continued; /* the next packet goes on with the payload of the last */
	/* The compressed protocol, see frame.h. */
	u8 framed;      /* packets travel in frames */
	u8 frame_fill;  /* bytes of a frame's header in frame[] */
	u8 frame_event; /* enum mysql_frame_event */
	u8 unused;
	u8 frame[8];    /* header of the frame, 7 bytes */
	u32 frame_left; /* bytes of the frame still to come */
	u32 skip;       /* bytes of the packets' stream to be passed over */
};

/* A segment whose bytes could not be read, as the tap says. */
#define MYSQL_UNREADABLE 2

/*
 * The piece of a stream that is being walked. It is kept here and not on the stack of a kernel
 * program, because the verifier would follow every value it may take from round to round.
 */
struct mysql_segment {
	u32 start;        /* position of the first byte */
	u32 length;       /* bytes */
	u32 acknowledged; /* client's segments: position in the server's stream */
	u64 now;          /* ns, CLOCK_MONOTONIC */
	u32 offset;       /* bytes from start to the next byte to be read */
	u32 fresh;        /* bytes never seen before */
	/* All of these begin at 0, by two stores and not by one for each. */
	union {
		u64 all[2];
		struct {
			u32 rows;   /* found so far */
			u32 writes; /* the same: see mysql_server_ok() */
			u16 at;     /* bytes of the window already decided on */
			u8 walked;  /* there is something to walk */
			u8 refill;  /* more bytes are needed */
			u8 done;    /* with all of it, or MYSQL_UNREADABLE */
			u8 ahead;   /* of a hole, in the client's stream */
		};
	};
};

/* Losses that a segment brings to light. */
enum mysql_stream_state {
	STREAM_NOTHING, /* nothing to walk in this segment */
	STREAM_WALK,
	STREAM_GAP, /* bytes were never seen; synchronisation is lost */
};

/* Marks a stream as not understood until the next safe place. */
MYSQL_INLINE void mysql_desync(struct mysql_stream *stream)
{
	stream->synced = 0;
	stream->fill = 0;
	stream->continued = 0;
}

/*
 * Moves the bytes not decided on to the front of the window, by words: the window has 8 bytes more
 * than size.
 */
MYSQL_INLINE void mysql_compact(struct mysql_stream *stream, u8 *window, u32 size,
				struct mysql_segment *segment)
{
	u32 at = segment->at, left, i, from;

	segment->at = 0;
	if (at == 0)
		return;
	/* Out of step in the middle of the window, nothing of it is wanted. */
	left = stream->fill > at ? stream->fill - at : 0;
	stream->fill = left;
	for (i = 0; i < size; i += 8) {
		from = at + i;
		MYSQL_NO_IDIOM(from);
		if (i >= left || from >= size)
			break;
		mysql_move8(window + i, window + from);
	}
}

/* Goes on behind a packet of that many bytes; 0: more bytes are needed to decide on it. */
MYSQL_INLINE void mysql_advance(struct mysql_stream *stream, u32 bytes,
				struct mysql_segment *segment)
{
	u32 at = segment->at + bytes;

	if (!bytes) {
		segment->refill = 1;
	} else if (at >= stream->fill) {
		if (stream->framed)
			stream->skip += at - stream->fill;
		else
			segment->offset += at - stream->fill;
		segment->at = 0;
		stream->fill = 0;
		segment->refill = 1;
		/* Not for a round of its own to find out. */
		if (!stream->framed)
			segment->done = segment->offset >= segment->length;
	} else {
		segment->at = at;
	}
}

/* Starts with the bytes of the segment from stream->next on. */
MYSQL_INLINE u8 mysql_walk_from_next(const struct mysql_stream *stream,
				     struct mysql_segment *segment)
{
	if (!mysql_after(segment->start + segment->length, stream->next))
		return STREAM_NOTHING;
	segment->offset = stream->next - segment->start;
	segment->walked = segment->refill = 1;
	return STREAM_WALK;
}

/* Notes the bytes that were never seen before, and says how many. */
MYSQL_INLINE u32 mysql_stream_fresh(struct mysql_stream *stream, struct mysql_segment *segment)
{
	u32 end = segment->start + segment->length;
	u32 fresh = end - stream->seen;

	segment->all[0] = segment->all[1] = 0;
	if (!mysql_after(end, stream->seen))
		return 0;
	stream->seen = end;
	return fresh;
}

#endif
