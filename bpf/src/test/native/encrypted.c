/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Encrypted answers, joined with what the server wrote: writes of all sizes as records of all
 * ciphers' lengths, between handshake records and tickets, cut at every byte or at random into what
 * TCP takes. The plaintext that comes out is what went in, at whatever record its last byte is;
 * what does not fit is said to be strange; after a hole it goes on with the next write.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exchange.h"
#include "host_tap.h"
#include "records.h"
#include "told.h"

#define STREAM_MAX (4u << 20)

static u64 tries;

static void fail(const char *what)
{
	fprintf(stderr, "encrypted: %s\n", what);
	abort();
}

/* What passes, with a write's place in it. */
struct stream {
	u8 *bytes;
	u32 length;
};

static void record(struct stream *stream, u8 type, u32 length)
{
	u8 header[MYSQL_RECORD_HEADER] = {type, 3, 3, length >> 8, length};

	memcpy(stream->bytes + stream->length, header, sizeof(header));
	/* Ciphertext is anything: also what looks like a header. */
	for (u32 i = 0; i < length; i++)
		stream->bytes[stream->length + sizeof(header) + i] = header[i % 3];
	stream->length += sizeof(header) + length;
}

static void records_of_write(struct stream *stream, u32 size, u32 overhead)
{
	while (size) {
		u32 plain = size < MYSQL_RECORD_PLAINTEXT ? size : MYSQL_RECORD_PLAINTEXT;

		record(stream, RECORD_DATA, plain + overhead);
		size -= plain;
	}
}

/* Feeds bytes that TCP took; returns the plaintext that is complete with them. */
static u32 take(struct mysql_records *records, struct mysql_write *write, u32 position,
		const u8 *bytes, u32 length)
{
	u32 sent = write->sent, rounds = 0;

	if (!mysql_records_enter(records, write, position, length))
		return 0;
	while (!records->strange && records->offset < records->length) {
		u32 n = mysql_record_refill(records);

		if (rounds++ > length / 2 + 16)
			fail("too many rounds");
		if (records->fill + n > MYSQL_RECORD_HEADER)
			fail("too much of a header");
		memcpy(records->header + records->fill, bytes + records->offset, n);
		mysql_record_filled(records, write, n);
	}
	return write->sent - sent;
}

/* One write in pieces of cut bytes, or the first piece alone if rest is 0. */
static void try_write(u32 size, u32 overhead, u32 cut)
{
	struct stream stream = {.bytes = malloc(STREAM_MAX)};
	struct mysql_records records = {.seen = 0xfffffff0u};
	struct mysql_write write = {};
	u32 position = records.seen, whole = 0, begin;

	tries++;
	record(&stream, RECORD_HANDSHAKE, 100);
	record(&stream, RECORD_CIPHER, 1);
	record(&stream, RECORD_DATA, 200); /* TLS 1.3: encrypted handshake, without a write */
	if (take(&records, &write, position, stream.bytes, stream.length) || !records.lone)
		fail("plaintext in a handshake");
	position += stream.length;
	write = (struct mysql_write){.buffer = 1, .size = size};
	stream.length = 0;
	records_of_write(&stream, size, overhead);
	for (begin = 0; begin < stream.length; begin += cut) {
		u32 length = stream.length - begin < cut ? stream.length - begin : cut;

		whole += take(&records, &write, position + begin, stream.bytes + begin, length);
		if (write.sent > size || (begin + length < stream.length && whole == size))
			fail("plaintext ahead of its record");
	}
	if (records.strange || whole != size || write.begun != size)
		fail("plaintext is missing");
	free(stream.bytes);
}

static void try_lengths(void)
{
	static const u32 sizes[] = {1, 7, 11, 16383, 16384, 16385, 32768, 100003, 1000003};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		for (u32 overhead = MYSQL_OVERHEAD_MIN; overhead <= MYSQL_OVERHEAD_MAX;
		     overhead += 8)
			for (u32 cut = 1; cut < 4 * sizes[i] + 100; cut = cut * 3 + 1)
				try_write(sizes[i], overhead, cut);
}

/* A record that does not hold what was to be written, in both directions. */
static void try_strangers(void)
{
	static const u32 lengths[] = {0,
				      11,
				      11 + MYSQL_OVERHEAD_MIN - 1,
				      11 + MYSQL_OVERHEAD_MAX + 1,
				      4000,
				      MYSQL_RECORD_MAX};
	struct stream stream = {.bytes = malloc(STREAM_MAX)};

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		struct mysql_records records = {};
		struct mysql_write write = {.buffer = 1, .size = 11};

		tries++;
		stream.length = 0;
		record(&stream, RECORD_DATA, lengths[i]);
		if (take(&records, &write, 0, stream.bytes, stream.length) || !records.strange)
			fail("a length that does not fit is taken");
	}
	for (u32 first = 0; first < 256; first++) {
		struct mysql_records records = {};
		struct mysql_write write = {.buffer = 1, .size = 11};

		tries++;
		stream.length = 0;
		record(&stream, (u8)first, 11 + 17);
		take(&records, &write, 0, stream.bytes, stream.length);
		if (records.strange != (first < RECORD_CIPHER || first > RECORD_DATA))
			fail("no record");
	}
	free(stream.bytes);
}

/* A send that nobody saw: what is left of its write is passed over, the next one is read. */
static void try_hole(void)
{
	struct stream stream = {.bytes = malloc(STREAM_MAX)};
	struct mysql_records records = {.seen = 100};
	struct mysql_write write = {.buffer = 1, .size = 50000};
	u32 piece = 20000;

	tries++;
	records_of_write(&stream, 50000, 17);
	take(&records, &write, 100, stream.bytes, piece);
	if (take(&records, &write, 100 + 2 * piece, stream.bytes + 2 * piece,
		 stream.length - 2 * piece))
		fail("plaintext behind a hole");
	write = (struct mysql_write){.buffer = 1, .size = 11};
	stream.length = 0;
	records_of_write(&stream, 11, 17);
	if (take(&records, &write, records.seen, stream.bytes, stream.length) != 11 ||
	    records.broken || records.strange)
		fail("nothing behind the hole is read");
	free(stream.bytes);
}

/* Every exchange, its command told and its answer in one piece: counts as in the clear. */
static void try_told(void)
{
	for (u8 which = 0; which < PROBES; which++)
		for (u8 classic = 0; classic < 2; classic++) {
			struct exchange e = probe_exchange(which, classic, false);
			struct host_tap tap = {};
			struct mysql_connection *c = &tap.connection;
			struct mysql_outcome out = {};

			tries++;
			mysql_connection_new(c, 0, 0);
			c->opaque = OPAQUE_TLS + 1;
			c->client.phase = CLIENT_OPAQUE;
			c->client.turns = 1;
			if (!mysql_is_encrypted(c))
				fail("not encrypted");
			mysql_told(c);
			c->server.phase = SERVER_START;
			c->eof_style = classic ? EOF_CLASSIC : EOF_DEPRECATED;
			mysql_told_command(c, e.code, 5, 1, &out);
			host_segment(&tap, 1, 0, 0, e.answer.bytes, e.answer.length, 7);
			if (tap.counts.responses[e.response] != 1 || tap.counts.answered != 1 ||
			    tap.counts.rows != e.rows || tap.counts.malformed || tap.counts.gaps)
				fail("an answer to a command that was told");
		}
}

/* An answer to a command of more than 16 MB may have any sequence id. */
static void try_long_command(void)
{
	for (u8 sequence = 1; sequence < 5; sequence++) {
		struct host_tap tap = {};
		struct mysql_outcome out = {};
		u8 ok[] = {7, 0, 0, sequence, 0, 0, 0, 2, 0, 0, 0};

		tries++;
		mysql_connection_new(&tap.connection, 0, 0);
		mysql_told(&tap.connection);
		tap.connection.server.phase = SERVER_START;
		mysql_told_command(&tap.connection, COM_QUERY, 5, 17 << 20, &out);
		host_segment(&tap, 1, 0, 0, ok, sizeof(ok), 7);
		if (tap.counts.responses[RESPONSE_OK] != 1 || tap.counts.malformed)
			fail("an answer to a long command");
	}
}

int main(void)
{
	try_lengths();
	try_strangers();
	try_hole();
	try_told();
	try_long_command();
	printf("encrypted: %llu writes, records and answers\n", (unsigned long long)tries);
	return 0;
}
