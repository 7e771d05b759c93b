/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stream that is older than its tap, which knows where a command begins: header and bytes come
 * apart, as a server receives them. Every cut of what follows has to be the same to it.
 */
#include <stdio.h>

#include "host_tap.h"

static const u8 header[] = {9, 0, 0, 0};
static const u8 command[] = {COM_QUERY, 'S', 'E', 'L', 'E', 'C', 'T', ' ', '1'};
static const u8 ok[] = {7, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0};

/* Bytes of both sides from before that the tap saw pass by, and did not read. */
#define CLIENT_BEFORE 1013
#define SERVER_BEFORE 2027

static void pass_by(struct host_tap *tap)
{
	struct mysql_segment *segment = &tap->connection.client.segment;

	segment->start = 0;
	segment->length = CLIENT_BEFORE + sizeof(header);
	mysql_stream_fresh(&tap->connection.client.stream, segment);
	tap->connection.server.stream.seen = SERVER_BEFORE;
}

static int wrong(const struct counts *counts)
{
	return counts->commands[COM_QUERY] != 2 || counts->responses[RESPONSE_OK] != 2 ||
	       counts->answered != 2 || counts->gaps || counts->malformed || counts->unclassified;
}

/* One command in pieces of these lengths, then a whole one. */
static int counts_wrong(u32 first, u32 second)
{
	struct host_tap *tap = calloc(1, sizeof(*tap));
	u32 at = CLIENT_BEFORE + sizeof(header), answer = SERVER_BEFORE, length = sizeof(command);
	int result;

	mysql_connection_older(&tap->connection, 0, 0);
	pass_by(tap);
	mysql_client_begin(&tap->connection, header, at);
	host_segment(tap, 0, at, answer, command, first, 1);
	host_segment(tap, 0, at + first, answer, command + first, second, 2);
	if (first + second < length)
		host_segment(tap, 0, at + first + second, answer, command + first + second,
			     length - first - second, 3);
	host_segment(tap, 1, answer, 0, ok, sizeof(ok), 4);
	at += length;
	answer += sizeof(ok);
	host_segment(tap, 0, at, answer, header, sizeof(header), 5);
	host_segment(tap, 0, at + sizeof(header), answer, command, length, 5);
	host_segment(tap, 1, answer, 0, ok, sizeof(ok), 6);
	result = wrong(&tap->counts);
	free(tap);
	return result;
}

int main(void)
{
	u32 length = sizeof(command), tried = 0, failed = 0;

	for (u32 first = 1; first < length; first++) {
		for (u32 second = 1; first + second <= length; second++) {
			tried++;
			failed += counts_wrong(first, second);
		}
	}
	printf("%u cuts of a command that begins in an older stream, %u wrong\n", tried, failed);
	return failed || !tried;
}
