/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * One direction of a connection, walked packet by packet.
 *
 * Bytes come as segments: a piece of the stream with the TCP position of its first byte. What was
 * seen already is skipped, what is missing is noticed. Only heads of packets are read, into a
 * window; a head that is cut off stays in the window until the rest has come, so that no decision
 * depends on where the stream was cut.
 *
 *	mysql_server_enter()			which part of the segment is new?
 *	if segment.walked, repeat until segment.done
 *		n = mysql_refill()		read n bytes at segment.offset to window + fill
 *		mysql_filled()
 *		mysql_server_next()		one packet, its meaning in an outcome
 *	mysql_server_leave()
 *
 * and the same with client for server.
 */
#ifndef MYSQL_WIRE_STREAM_H
#define MYSQL_WIRE_STREAM_H

#include "client.h"
#include "server.h"

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

	segment->at = segment->walked = segment->refill = segment->done = 0;
	segment->failed = segment->ahead = 0;
	segment->rows = 0;
	if (!mysql_after(end, stream->seen))
		return 0;
	stream->seen = end;
	return fresh;
}

MYSQL_INLINE u8 mysql_server_enter(struct mysql_connection *c, struct mysql_segment *segment,
				   struct mysql_outcome *out)
{
	struct mysql_server *server = &c->server;
	struct mysql_stream *stream = &server->stream;
	u8 state = STREAM_WALK;

	*out = (struct mysql_outcome){};
	segment->fresh = mysql_stream_fresh(stream, segment);
	if (!segment->fresh)
		return STREAM_NOTHING;
	/* The client asked for TLS: its own next bytes, and so the server's, are encrypted. */
	if (c->opaque == OPAQUE_TLS + 1)
		server->phase = SERVER_OPAQUE;
	if (server->phase == SERVER_OPAQUE) {
		if (c->opaque != OPAQUE_REPLICATION + 1 && server->turns != c->client.turns) {
			server->turns = c->client.turns;
			out->unclassified = 1;
		}
		return STREAM_NOTHING;
	}
	if (stream->synced && mysql_after(segment->start, stream->next)) {
		mysql_desync(stream);
		state = STREAM_GAP;
	}
	if (!stream->synced) {
		out->unclassified = mysql_server_catch_up(c, segment->start);
		if (!mysql_server_is_expected(c, segment->start))
			return state == STREAM_GAP ? STREAM_GAP : STREAM_NOTHING;
		mysql_server_begin(c, segment->start);
	}
	if (server->blind && server->phase == SERVER_START && !stream->fill &&
	    !stream->frame_left && segment->start == stream->next)
		mysql_server_look(c, segment->start);
	if (mysql_walk_from_next(stream, segment) == STREAM_NOTHING)
		return state == STREAM_GAP ? STREAM_GAP : STREAM_NOTHING;
	return state;
}

/* Reads the next packet in the window. */
MYSQL_INLINE void mysql_server_next(struct mysql_connection *c, struct mysql_segment *segment,
				    struct mysql_outcome *out)
{
	struct mysql_server *server = &c->server;
	u32 at = segment->at, available, bytes;
	const u8 *packet;

	*out = (struct mysql_outcome){};
	if (server->stream.frame_event) {
		/* Of what can't be read nobody knows what it answers: wait for the next answer. */
		if (server->stream.frame_event == FRAME_UNREADABLE) {
			mysql_desync(&server->stream);
			segment->done = 1;
		}
		server->stream.frame_event = FRAME_NONE;
	}
	if (segment->refill)
		return;
	if (at > MYSQL_SERVER_WINDOW - MYSQL_HEAD) {
		segment->refill = 1;
		return;
	}
	packet = server->window + at;
	MYSQL_KEEP(packet);
	available = server->stream.fill - at;
	bytes = mysql_server_packet(c, packet, at == 0, available, out);
	mysql_advance(&server->stream, bytes, segment);
	/* Frames begin behind the packet that accepts the login: what was read of them goes back.
	 */
	if (c->compressed && !server->stream.framed) {
		segment->offset -= server->stream.fill - segment->at;
		segment->at = 0;
		segment->refill = 1;
		server->stream.fill = 0;
		mysql_frames_begin(&server->stream);
	}
	out->notable =
		out->response || out->first || out->unclassified || out->malformed || out->unasked;
	if (out->malformed || !server->stream.synced)
		mysql_desync(&server->stream);
	if (!server->stream.synced || server->phase == SERVER_OPAQUE)
		segment->done = 1;
}

MYSQL_INLINE void mysql_server_leave(struct mysql_connection *c, struct mysql_segment *segment)
{
	mysql_compact(&c->server.stream, c->server.window, MYSQL_SERVER_WINDOW, segment);
	c->server.stream.next = segment->start + segment->offset;
}

MYSQL_INLINE u8 mysql_client_enter(struct mysql_connection *c, struct mysql_segment *segment)
{
	struct mysql_client *client = &c->client;
	struct mysql_stream *stream = &client->stream;

	segment->fresh = mysql_stream_fresh(stream, segment);
	if (mysql_after(segment->acknowledged, client->acknowledged))
		client->acknowledged = segment->acknowledged;
	if (client->phase == CLIENT_OPAQUE) {
		client->turns += segment->fresh != 0;
		return STREAM_NOTHING;
	}
	if (segment->fresh && stream->synced && mysql_after(client->command_end, segment->start))
		mysql_pending_touch(c, segment->now, segment->acknowledged);
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
	    (client->commands != commands || (continued && client->command_end == position)))
		client->command_end = client->stream.framed ? segment->start + segment->offset +
								      client->stream.frame_left
							    : position + bytes;
	mysql_advance(&client->stream, bytes, segment);
	/* The handshake of TLS may have passed by already: in this segment, or ahead of a hole. */
	if (client->phase == CLIENT_OPAQUE)
		client->turns += mysql_after(client->stream.seen, position + bytes);
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
}

/* Whether the next packet starts in bytes that passed by already, ahead of a hole. */
MYSQL_INLINE int mysql_client_is_behind(const struct mysql_connection *c)
{
	const struct mysql_stream *stream = &c->client.stream;

	return stream->synced && c->client.phase != CLIENT_OPAQUE &&
	       mysql_after(stream->seen, stream->next);
}

/* A connection seen from its first byte. */
MYSQL_INLINE void mysql_connection_new(struct mysql_connection *c, u32 client_position,
				       u32 server_position)
{
	c->client.phase = CLIENT_LOGIN;
	c->client.stream.synced = 1;
	c->client.stream.seen = c->client.stream.next = client_position;
	c->client.acknowledged = server_position;
	c->client.unread_until = server_position - 1; /* where no command was asked */
	c->server.phase = SERVER_GREETING;
	c->server.stream.synced = 1;
	c->server.stream.seen = c->server.stream.next = server_position;
}

/* A connection that was there before us: both halves wait for the next command. */
MYSQL_INLINE void mysql_connection_older(struct mysql_connection *c, u32 client_position,
					 u32 server_position)
{
	c->client.phase = CLIENT_COMMAND;
	c->client.stream.seen = client_position;
	c->client.acknowledged = server_position;
	c->client.unread_until = server_position - 1; /* where no command was asked */
	c->client.joined = 1;
	c->server.phase = SERVER_START;
	c->server.stream.seen = server_position;
}

#endif
