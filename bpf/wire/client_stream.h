/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * The client's bytes, walked packet by packet:
 *
 *	mysql_client_enter()			which part of the segment is new?
 *	if segment.walked, repeat until segment.done
 *		n = mysql_refill()		read n bytes at segment.offset to window + fill
 *		mysql_filled()
 *		mysql_client_next()		one packet, its meaning in an outcome
 *	mysql_client_leave()
 */
#ifndef MYSQL_WIRE_CLIENT_STREAM_H
#define MYSQL_WIRE_CLIENT_STREAM_H

#include "client.h"
#include "client_resync.h"
#include "refill.h"

/*
 * Keeps the place where bytes were passed over unread from seeming to be ahead, or here, once 2 or
 * 4 GiB have gone by: it is needed as long as an answer may start there, within a window of TCP.
 */
MYSQL_INLINE void mysql_forget_unread(struct mysql_client *client)
{
	const u32 far = 1 << 30; /* the largest window: 64 KiB << 14 (RFC 7323) */

	if (client->acknowledged - client->unread_until > far)
		client->unread_until = client->acknowledged - far;
}

MYSQL_INLINE u8 mysql_client_enter(struct mysql_connection *c, struct mysql_segment *segment)
{
	struct mysql_client *client = &c->client;
	struct mysql_stream *stream = &client->stream;

	segment->fresh = mysql_stream_fresh(stream, segment);
	/* With new bytes it never goes back. Compared it can't be: a result of 2 GiB may have
	 * passed. */
	if (segment->fresh || mysql_after(segment->acknowledged, client->acknowledged))
		client->acknowledged = segment->acknowledged;
	mysql_forget_unread(client);
	if (c->opaque == OPAQUE_MPTCP + 1)
		client->phase = CLIENT_OPAQUE;
	if (client->phase == CLIENT_OPAQUE || client->phase == CLIENT_TOLD) {
		client->turns += segment->fresh != 0;
		return STREAM_NOTHING;
	}
	if (segment->fresh && stream->synced && client->command_goes_on) {
		if (mysql_after(client->command_end, segment->start))
			mysql_pending_touch(c, segment->now, segment->acknowledged);
		else
			client->command_goes_on = 0;
	}
	if (!stream->synced) {
		/* Only the front of the stream is a safe place, not what came late: it was asked
		 * before what passed by unread, whatever its retransmission acknowledges. */
		if (segment->fresh < segment->length)
			return STREAM_NOTHING;
		stream->next = segment->start;
		stream->framed = 0; /* not known before mysql_client_resync() */
	}
	/* Arrived ahead of a hole: what is missing comes later. */
	if (mysql_after(segment->start, stream->next)) {
		segment->ahead = 1;
		return STREAM_NOTHING;
	}
	return mysql_walk_from_next(stream, segment);
}

/*
 * A frame of the client begins. Its sequence ids start with each command at 0, but they wrap, too.
 */
MYSQL_INLINE void mysql_client_frame(struct mysql_connection *c, struct mysql_segment *segment,
				     struct mysql_outcome *out)
{
	struct mysql_client *client = &c->client;
	struct mysql_stream *stream = &client->stream;
	u8 sequence = stream->frame[3];
	int starts = sequence == 0 && client->frame_sequence != 0xff;

	client->frame_sequence = sequence;
	if (starts) {
		stream->fill = 0;
		stream->skip = 0;
		stream->continued = 0;
		client->unread = 0;
		client->file = 0;
	}
	if (stream->frame_event == FRAME_UNREADABLE) {
		client->unread = 1;
		if (starts) {
			out->command = COMMAND_OTHER + 1;
			mysql_pending_push(c, COM_UNKNOWN, segment->now, segment->acknowledged,
					   out);
		}
	} else if (client->unread) {
		segment->offset += stream->frame_left;
		stream->frame_left = 0;
	}
	stream->frame_event = FRAME_NONE;
}

/*
 * Takes the bytes in the window for the start of a frame, and gives back to the segment what goes
 * past its header. Of those before only a header's worth may have come with an earlier segment.
 */
MYSQL_INLINE void mysql_client_reframe(struct mysql_client *client, struct mysql_segment *segment,
				       const u8 *from, u32 available)
{
	u32 bytes = available < MYSQL_FRAME_HEADER ? available : MYSQL_FRAME_HEADER;

	segment->offset -= available;
	segment->at = 0;
	client->stream.fill = 0;
	mysql_frames_begin(&client->stream);
	mysql_frame_filled(&client->stream, from, bytes, segment);
}

/* Reads the next packet in the window. */
MYSQL_INLINE void mysql_client_next(struct mysql_connection *c, struct mysql_segment *segment,
				    struct mysql_outcome *out)
{
	struct mysql_client *client = &c->client;
	u32 at = segment->at;
	const u8 *packet;
	u32 available, bytes, position, commands = client->commands;
	u8 continued = client->stream.continued;

	*out = (struct mysql_outcome){};
	if (client->stream.frame_event)
		mysql_client_frame(c, segment, out);
	if (segment->refill)
		return;
	if (at > MYSQL_CLIENT_WINDOW - MYSQL_HEAD) {
		segment->refill = 1;
		return;
	}
	packet = client->window + at;
	MYSQL_KEEP(packet);
	available = client->stream.fill - at;
	if (!client->stream.synced && client->joined && available >= MYSQL_RECORD_HEADER &&
	    mysql_looks_encrypted(packet, segment->length)) {
		client->phase = CLIENT_OPAQUE;
		c->opaque = OPAQUE_TLS + 1;
		client->turns++;
		segment->done = 1;
		return;
	}
	if (!client->stream.synced && !mysql_client_resync(c, segment, available)) {
		client->unread_until = client->acknowledged;
		client->joined = 0;
		client->stream.fill = 0;
		segment->done = 1;
		return;
	}
	/* Behind the login dialogue, whose packets are plain and have other ids, frames begin. */
	if (client->compresses && !client->stream.framed && client->phase == CLIENT_COMMAND &&
	    available >= MYSQL_HEADER && packet[3] == 0 && !continued) {
		mysql_client_reframe(client, segment, packet, available);
		if (client->stream.frame_event)
			mysql_client_frame(c, segment, out);
		return;
	}
	position = segment->start + segment->offset - available;
	bytes = mysql_client_packet(c, packet, at == 0, available, segment->now,
				    segment->acknowledged, out);
	/* A command that wants an answer, or the next packet of one. */
	if (bytes &&
	    (client->commands != commands || (continued && client->command_end == position))) {
		client->command_end = client->stream.framed ? segment->start + segment->offset +
								      client->stream.frame_left
							    : position + bytes;
		client->command_goes_on = 1;
	}
	mysql_advance(&client->stream, bytes, segment);
	/* The handshake of TLS may have passed by already: in this segment, or ahead of a hole. */
	if (client->phase == CLIENT_OPAQUE)
		client->turns += mysql_after(client->stream.seen, position + bytes);
	if (out->stranger) {
		client->phase = CLIENT_OPAQUE;
		client->turns++;
	}
	if (out->malformed)
		mysql_client_gap(c);
	if (out->malformed || client->phase == CLIENT_OPAQUE)
		segment->done = 1;
}

MYSQL_INLINE void mysql_client_leave(struct mysql_connection *c, struct mysql_segment *segment)
{
	struct mysql_stream *stream = &c->client.stream;

	mysql_compact(stream, c->client.window, MYSQL_CLIENT_WINDOW, segment);
	stream->next = segment->start + segment->offset;
	/* Passed: 2 GiB on they would seem to be ahead again. */
	if (!mysql_after(c->client.unkept_until, stream->next))
		c->client.unkept_from = c->client.unkept_until;
}

/* Whether the next packet starts in bytes that passed by already, ahead of a hole. */
MYSQL_INLINE int mysql_client_is_behind(const struct mysql_connection *c)
{
	const struct mysql_stream *stream = &c->client.stream;

	return stream->synced && c->client.phase != CLIENT_OPAQUE &&
	       c->client.phase != CLIENT_TOLD && mysql_after(stream->seen, stream->next);
}

#endif
