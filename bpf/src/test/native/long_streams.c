// SPDX-License-Identifier: Apache-2.0
/*
 * Streams longer than what a position can tell apart: 9 GiB up and 9 GiB down on one connection,
 * with a hole in front of and behind them. Times are the numbers of the segments.
 */
#include <stdio.h>

#include "exchange.h"
#include "host_tap.h"
#include "waiting.h"

#define FULL   (MYSQL_HEADER + MYSQL_MAX_PAYLOAD) /* a full packet */
#define LENGTH (9ull << 30)

static struct host_tap tap;
static u32 asked, answered; /* positions */
static u64 now;
static unsigned int failures;

static void expect(bool right, const char *what)
{
	if (right)
		return;
	failures++;
	printf("long_streams: %s\n", what);
}

static void client_sends(const void *bytes, u32 length)
{
	host_segment(&tap, 0, asked, answered, bytes, length, ++now);
	asked += length;
}

static void server_sends(const void *bytes, u32 length)
{
	host_segment(&tap, 1, answered, asked, bytes, length, ++now);
	answered += length;
}

#define CLIENT(bytes) client_sends(bytes, sizeof(bytes) - 1)
#define SERVER(bytes) server_sends(bytes, sizeof(bytes) - 1)
#define OK            "\7\0\0\1\0\0\0\2\0\0\0"

/* Two commands in three segments, of which the last two change places. */
static void reordered(void)
{
	u64 before = tap.counts.responses[RESPONSE_OK];
	u32 start = asked;

	host_segment(&tap, 0, start + 5, answered, (const u8 *)"\1\0\0\0\x0e", 5, ++now);
	host_segment(&tap, 0, start, answered, (const u8 *)"\1\0\0\0\x0e", 5, ++now);
	asked += 10;
	SERVER(OK);
	SERVER(OK);
	expect(tap.counts.responses[RESPONSE_OK] == before + 2, "commands ahead of a hole");
	expect(!tap.counts.unclassified && !tap.counts.gaps, "nothing is missing behind a hole");
}

/* LOAD DATA LOCAL: the command is as old as its own bytes, however long the file is. */
static void upload(u8 *packet)
{
	struct mysql_waiting waiting = {};
	u64 arrived;

	CLIENT("\x0a\0\0\0\3LOAD DATA");
	arrived = now;
	SERVER("\2\0\0\1\xfbx");
	memset(packet, 0xff, 3);
	for (u64 sent = 0; sent < LENGTH; sent += FULL) {
		packet[3]++;
		client_sends(packet, FULL);
		mysql_waiting(&tap.connection, &waiting);
		if (waiting.commands != 1 || waiting.oldest != arrived) {
			expect(false, "the age of a long upload");
			break;
		}
	}
	packet[0] = packet[1] = packet[2] = 0;
	packet[3]++;
	client_sends(packet, 4);
	SERVER(OK);
	expect(tap.counts.responses[RESPONSE_LOCAL_INFILE] == 1, "the answer to a long upload");
}

/* A result of long rows, with a command behind it that its client sends before it is through. */
static void download(u8 *packet)
{
	u64 rows = 0;

	CLIENT("\2\0\0\0\3x");
	SERVER("\1\0\0\1\1");
	SERVER("\x16\0\0\2\3def\0\0\0\1a\0\x0c\x3f\0\1\0\0\0\x03\x80\0\0\0");
	SERVER("\5\0\0\3\xfe\0\0\2\0");
	memset(packet, 0xfe, 3);
	packet[3] = 4;
	packet[MYSQL_HEADER] = 1;
	for (u64 sent = 0; sent < LENGTH; sent += FULL - 1, rows++) {
		server_sends(packet, MYSQL_HEADER + mysql_u24(packet));
		packet[3]++;
	}
	memcpy(packet, (u8[]){5, 0, 0, packet[3], 0xfe, 0, 0, 2, 0}, 9);
	server_sends(packet, 9);
	expect(tap.counts.rows == rows, "the rows of a long result");
	expect(tap.counts.responses[RESPONSE_RESULTSET] == 1, "the end of a long result");
}

/*
 * A hole in a result of that many bytes: its end is not known, and so it is given up; what its
 * client asks next is answered in step again.
 */
static void hole(u8 *packet, u64 length)
{
	struct host_tap before;
	char what[64];

	memset(&tap, 0, sizeof(tap));
	asked = answered = 0;
	mysql_connection_new(&tap.connection, 0, 0);
	tap.connection.client.phase = CLIENT_COMMAND;
	tap.connection.server.phase = SERVER_START;
	tap.connection.eof_style = EOF_CLASSIC;
	CLIENT("\2\0\0\0\3x");
	SERVER("\1\0\0\1\1");
	SERVER("\x16\0\0\2\3def\0\0\0\1a\0\x0c\x3f\0\1\0\0\0\x03\x80\0\0\0");
	SERVER("\5\0\0\3\xfe\0\0\2\0");
	memset(packet, 0xfe, 3);
	packet[3] = 4;
	packet[MYSQL_HEADER] = 1;
	for (u64 sent = 0; sent < length; sent += MYSQL_HEADER + mysql_u24(packet)) {
		server_sends(packet, MYSQL_HEADER + mysql_u24(packet));
		packet[3]++;
	}
	answered += 100; /* never seen */
	SERVER("\5\0\0\1\xfe\0\0\2\0");
	before = tap;
	for (u32 i = 0; i < 10; i++) {
		CLIENT("\1\0\0\0\x0e");
		SERVER(OK);
	}
	snprintf(what, sizeof(what), "a hole behind %llu MiB", (unsigned long long)length >> 20);
	expect(tap.counts.responses[RESPONSE_OK] == before.counts.responses[RESPONSE_OK] + 10 &&
		       tap.counts.unclassified == 1 && !mysql_commands_waiting(&tap.connection),
	       what);
}

int main(void)
{
	u8 *packet = calloc(1, FULL);

	mysql_connection_new(&tap.connection, 0, 0);
	tap.connection.client.phase = CLIENT_COMMAND;
	tap.connection.server.phase = SERVER_START;
	tap.connection.eof_style = EOF_CLASSIC;
	reordered();
	upload(packet);
	reordered();
	download(packet);
	reordered();
	expect(tap.counts.answered == 8 && !mysql_commands_waiting(&tap.connection),
	       "every command is answered");
	expect(!tap.counts.malformed, "nothing is malformed");
	for (u64 length = 256ull << 20; length < 6ull << 30; length += 768ull << 20)
		hole(packet, length);
	printf("long_streams: %u failures\n", failures);
	free(packet);
	return failures != 0;
}
