/* SPDX-License-Identifier: Apache-2.0 */
/* A connection of its own for each answer, and the comparison with the decoder. */
#ifndef MYSQL_WIRE_FIELDS_LINE_H
#define MYSQL_WIRE_FIELDS_LINE_H

#include <stdio.h>

#include "exchange.h"
#include "fields_answer.h"
#include "fields_decoder.h"
#include "host_tap.h"
#include "states_packets.h"

static unsigned int failures, plays;
static struct answer answer;
static struct host_tap tap;
static u32 asked, answered; /* bytes */
static u64 now;

static void sends(int from_server, const u8 *bytes, size_t length, u32 piece)
{
	u32 *position = from_server ? &answered : &asked;

	for (size_t at = 0; at < length; at += piece) {
		u32 bytes_now = length - at < piece ? length - at : piece;

		host_segment(&tap, from_server, *position, answered, bytes + at, bytes_now, ++now);
		*position += bytes_now;
	}
}

static void packet(int from_server, u8 id, const char *payload, u8 length)
{
	struct probe_bytes bytes = {};

	probe_packet(&bytes, id, payload, length);
	sends(from_server, bytes.bytes, bytes.length, EXCHANGE_MAX);
}

static void connects(const struct capabilities *with)
{
	char greeting[EXCHANGE_MAX];
	u8 length = greeting_payload(with, greeting);

	memset(&tap, 0, sizeof(tap));
	asked = answered = 0;
	mysql_connection_new(&tap.connection, 0, 0);
	packet(1, 0, greeting, length);
	packet(0, 1, with->login, with->login_length);
	packet(1, 2, "\0\0\0\2\0\0\0", 7);
}

static void check(const struct capabilities *with, u8 command, const char *field, u64 value,
		  u8 first_id)
{
	struct decoded expected =
		decode(answer.bytes, answer.size, command, first_id, with->style == STYLE_EOFS);
	const u64 *responses = tap.counts.responses;

	plays++;
	if (!expected.sound)
		printf("the decoder does not understand: ");
	else if (responses[RESPONSE_OK] == expected.oks + 1 /* the PING's */ &&
		 responses[RESPONSE_RESULTSET] == expected.results &&
		 responses[RESPONSE_ERR] == expected.errors &&
		 responses[RESPONSE_EOF] == expected.eofs &&
		 responses[RESPONSE_LOCAL_INFILE] == expected.files &&
		 tap.counts.rows == expected.rows && !tap.counts.malformed && !tap.counts.gaps &&
		 !tap.counts.unclassified && !mysql_commands_waiting(&tap.connection))
		return;
	failures++;
	printf("%s, %s, %llu: %llu ok of %llu, %llu results of %llu, %llu rows of %llu, ",
	       with->name, field, (unsigned long long)value,
	       (unsigned long long)responses[RESPONSE_OK], (unsigned long long)expected.oks + 1,
	       (unsigned long long)responses[RESPONSE_RESULTSET],
	       (unsigned long long)expected.results, (unsigned long long)tap.counts.rows,
	       (unsigned long long)expected.rows);
	printf("%llu malformed\n", (unsigned long long)tap.counts.malformed);
}

/* The answer to a command of that many bytes. */
static void play_asked(const struct capabilities *with, u8 command, u32 length, const char *field,
		       u64 value, u32 piece)
{
	static struct answer question;
	u8 first_id = length / MYSQL_MAX_PAYLOAD + 1;

	connects(with);
	answer_starts(&question, 0);
	answer_long(&question, &command, 1, 'x', length);
	sends(0, question.bytes, question.size, 1 << 20);
	sends(1, answer.bytes, answer.size, piece);
	packet(0, 0, "\x0e", 1);
	packet(1, 1, "\0\0\0\2\0\0\0", 7);
	check(with, command, field, value, first_id);
}

static void play(const struct capabilities *with, u8 command, const char *field, u64 value)
{
	play_asked(with, command, 10, field, value, answer.size < 1 << 20 ? 1460 : 1 << 20);
}

#endif
