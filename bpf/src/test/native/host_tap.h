/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A tap without a kernel: feeds the wire state machine from memory and adds up what it finds. It
 * does what walk.bpf.h and account.bpf.h do, for one connection.
 */
#ifndef MYSQL_WIRE_HOST_TAP_H
#define MYSQL_WIRE_HOST_TAP_H

#include <stdlib.h>
#include <string.h>

#include "parking.h"

#define ERROR_CODES 64 /* distinct (type, code) of one conversation */

struct error_count {
	u8 type;
	u16 code;
	u64 count;
};

struct counts {
	u64 responses[RESPONSE_TYPES]; /* those with a code included */
	u64 commands[COMMAND_CLASSES];
	u64 rows;
	u64 writes;
	u64 bytes;
	u64 answered, first;
	u64 unclassified, malformed, gaps, pipeline_full, proxied;
	struct error_count errors[ERROR_CODES];
};

struct host_tap {
	struct mysql_connection connection;
	struct mysql_parking parking;
	struct mysql_outcome client_outcome, server_outcome;
	struct counts counts;
};

static inline void count_error(struct counts *counts, u8 type, u16 code)
{
	for (int i = 0; i < ERROR_CODES; i++) {
		struct error_count *error = &counts->errors[i];

		if (error->count && (error->type != type || error->code != code))
			continue;
		error->type = type;
		error->code = code;
		error->count++;
		return;
	}
	/* A fuzzer finds more codes than that; their number is in responses[]. */
}

static inline void host_account(struct counts *counts, const struct mysql_outcome *out)
{
	if (out->response) {
		counts->responses[out->response - 1]++;
		if (out->error_code)
			count_error(counts, out->response - 1, out->error_code);
	}
	if (out->command)
		counts->commands[out->command - 1]++;
	counts->answered += out->answered;
	counts->first += out->first;
	counts->unclassified += out->unclassified;
	counts->malformed += out->malformed;
	counts->pipeline_full += out->pipeline_full;
	counts->gaps += out->unasked;
	counts->proxied += out->proxied;
}

/* Progress is bounded as in walk.bpf.h. */
static inline void host_walk(struct host_tap *tap, int from_server, const u8 *bytes)
{
	struct mysql_connection *c = &tap->connection;
	struct mysql_stream *stream = from_server ? &c->server.stream : &c->client.stream;
	struct mysql_segment *segment = from_server ? &c->server.segment : &c->client.segment;
	struct mysql_outcome *out = from_server ? &tap->server_outcome : &tap->client_outcome;
	u8 *window = from_server ? c->server.window : c->client.window;
	u32 head = from_server ? MYSQL_GREETING_HEAD : MYSQL_LOGIN_HEAD;
	u32 chunk = from_server ? MYSQL_SERVER_CHUNK : MYSQL_CLIENT_CHUNK;
	u64 rounds = 0, length = segment->length;

	while (!segment->done) {
		u32 n = mysql_refill(stream, window, head, chunk, segment);

		if (rounds++ > length / 2 + 16 + MYSQL_PROXY_LINE)
			abort(); /* the kernel would have stopped */
		if (n) {
			memcpy(window + stream->fill, bytes + segment->offset, n);
			mysql_filled(stream, window + stream->fill, n, segment);
		}
		if (segment->done)
			break;
		if (from_server)
			mysql_server_next(c, segment, out);
		else
			mysql_client_next(c, segment, out);
		host_account(&tap->counts, out);
	}
	if (from_server)
		mysql_server_leave(c, segment);
	else
		mysql_client_leave(c, segment);
}

static inline void host_server_segment(struct host_tap *tap, const u8 *bytes)
{
	struct mysql_connection *c = &tap->connection;
	struct mysql_segment *segment = &c->server.segment;
	struct mysql_outcome *out = &tap->server_outcome;

	tap->counts.gaps += mysql_server_enter(c, segment, out) == STREAM_GAP;
	tap->counts.bytes += segment->fresh;
	tap->counts.unclassified += out->unclassified;
	if (segment->walked)
		host_walk(tap, 1, bytes);
	tap->counts.rows += segment->rows;
	tap->counts.writes += segment->writes;
}

static inline void host_client_segment(struct host_tap *tap, const u8 *bytes)
{
	struct mysql_connection *c = &tap->connection;
	struct mysql_segment *segment = &c->client.segment;
	struct mysql_parking *parking = &tap->parking;

	mysql_client_enter(c, segment);
	if (segment->ahead) {
		u32 place = mysql_park(c, parking);

		if (place < MYSQL_PARKED)
			memcpy(parking->segments[place].bytes, bytes,
			       parking->segments[place].length);
	}
	if (!segment->walked)
		return;
	host_walk(tap, 0, bytes);
	for (int i = 0; i <= MYSQL_PARKED; i++) {
		if (!c->client.parked || !mysql_unpark(c, parking))
			break;
		host_walk(tap, 0, parking->segments[parking->walked].bytes);
	}
	if (mysql_next_is_missed(c))
		tap->counts.gaps += mysql_client_gap(c);
}

/* Bytes are copied to a block of their own first, so that a sanitizer sees every read past the end.
 */
static inline void host_segment(struct host_tap *tap, int from_server, u32 position,
				u32 acknowledged, const u8 *bytes, u32 length, u64 now)
{
	struct mysql_connection *c = &tap->connection;
	struct mysql_segment *segment = from_server ? &c->server.segment : &c->client.segment;
	u8 *copy = malloc(length);

	memcpy(copy, bytes, length);
	segment->start = position;
	segment->length = length;
	segment->acknowledged = acknowledged;
	segment->now = now;
	if (from_server)
		host_server_segment(tap, copy);
	else
		host_client_segment(tap, copy);
	free(copy);
}

/* Clears what has no meaning between segments, so that states can be compared byte by byte. */
static inline void host_normalise(struct host_tap *tap)
{
	struct mysql_connection *c = &tap->connection;

	memset(&c->client.segment, 0, sizeof(c->client.segment));
	memset(&c->server.segment, 0, sizeof(c->server.segment));
	memset(&tap->parking, 0, sizeof(tap->parking));
	memset(&tap->client_outcome, 0, sizeof(tap->client_outcome));
	memset(&tap->server_outcome, 0, sizeof(tap->server_outcome));
	/* Told by the next segment, whichever it is. */
	if (!mysql_after(c->client.command_end, c->client.stream.seen))
		c->client.command_goes_on = 0;
	c->client.unkept_from = c->client.unkept_until = 0;
	memset(c->client.window + c->client.stream.fill, 0,
	       sizeof(c->client.window) - c->client.stream.fill);
	memset(c->server.window + c->server.stream.fill, 0,
	       sizeof(c->server.window) - c->server.stream.fill);
}

#endif
