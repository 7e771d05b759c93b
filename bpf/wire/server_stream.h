/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* mysqld's bytes, walked packet by packet: as client_stream.h, with server for client. */
#ifndef MYSQL_WIRE_SERVER_STREAM_H
#define MYSQL_WIRE_SERVER_STREAM_H

#include "refill.h"
#include "server.h"
#include "server_resync.h"

/* From here on nothing is read: what waits for its answer is given up. */
MYSQL_INLINE void mysql_server_stops(struct mysql_connection *c, struct mysql_outcome *out)
{
	u32 waiting = mysql_commands_waiting(c);

	c->server.phase = SERVER_OPAQUE;
	c->server.answered += waiting;
	out->unclassified = waiting < 0xffff ? waiting : 0xffff;
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
	mysql_keep_near(c);
	/*
	 * The client asked for TLS, and its own next bytes are encrypted; the server's are once
	 * these have come. Before, it can only refuse, and that in plain text.
	 */
	if (c->opaque &&
	    ((c->opaque == OPAQUE_TLS + 1 && c->client.turns) || c->opaque == OPAQUE_MPTCP + 1 ||
	     c->opaque == OPAQUE_KTLS + 1 || c->opaque == OPAQUE_DESYNCED + 1))
		mysql_server_stops(c, out);
	if (server->phase == SERVER_OPAQUE) {
		if (c->opaque && c->opaque != OPAQUE_REPLICATION + 1 &&
		    server->turns != c->client.turns) {
			server->turns = c->client.turns;
			out->unclassified++;
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
		segment->done = 0;
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

#endif
