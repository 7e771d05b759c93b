/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is said to be in flight, and since when, on connections of a few segments. Times are the
 * numbers of the segments, so that each age has one right answer.
 */
#include <stdio.h>

#include "exchange.h"
#include "host_tap.h"
#include "waiting.h"

#define PING  "\1\0\0\0\x0e"
#define OK    "\7\0\0\1\0\0\0\2\0\0\0"
#define ROWS  "\1\0\0\1\1" /* the start of a result set */
#define CLOSE "\5\0\0\0\x19\1\0\0\0"

static unsigned int failures;

struct line {
	struct host_tap tap;
	u32 asked, answered; /* bytes */
	u64 now;
};

static void start(struct line *line, bool joined)
{
	memset(line, 0, sizeof(*line));
	if (joined)
		mysql_connection_older(&line->tap.connection, 0, 0);
	else
		mysql_connection_new(&line->tap.connection, 0, 0);
	line->tap.connection.client.phase = CLIENT_COMMAND;
	line->tap.connection.server.phase = SERVER_START;
	line->tap.connection.eof_style = EOF_CLASSIC;
}

static void ask(struct line *line, const char *bytes, u32 length)
{
	host_segment(&line->tap, 0, line->asked, line->answered, (const u8 *)bytes, length,
		     ++line->now);
	line->asked += length;
}

static void answer(struct line *line, const char *bytes, u32 length)
{
	host_segment(&line->tap, 1, line->answered, 0, (const u8 *)bytes, length, ++line->now);
	line->answered += length;
}

#define ASK(line, bytes)    ask(line, bytes, sizeof(bytes) - 1)
#define ANSWER(line, bytes) answer(line, bytes, sizeof(bytes) - 1)

static void expect(const struct line *line, const char *when, u32 commands, u64 oldest)
{
	struct mysql_waiting waiting = {};

	mysql_waiting(&line->tap.connection, &waiting);
	if (waiting.commands == commands && (!commands || waiting.oldest == oldest))
		return;
	failures++;
	fprintf(stderr, "%s: %u in flight since %llu, expected %u since %llu\n", when,
		waiting.commands, (unsigned long long)waiting.oldest, commands,
		(unsigned long long)oldest);
}

static void one_after_another(struct line *line)
{
	start(line, false);
	expect(line, "nothing asked", 0, 0);
	ASK(line, PING);
	expect(line, "first", 1, 1);
	ANSWER(line, OK);
	expect(line, "answered", 0, 0);
	ASK(line, PING);
	expect(line, "after a pause", 1, 3);
	ASK(line, PING);
	expect(line, "and another", 2, 3);
	ANSWER(line, OK);
	expect(line, "the first of them answered", 1, 4);
	ANSWER(line, OK);
	ASK(line, CLOSE);
	expect(line, "a statement closed", 0, 0);
}

static void more_than_remembered(struct line *line)
{
	u32 commands = MYSQL_PENDING + 3;

	start(line, false);
	for (u32 i = 0; i < commands; i++)
		ASK(line, PING);
	expect(line, "ring full", commands, 1);
	for (u32 i = 0; i < commands; i++)
		ANSWER(line, OK);
	expect(line, "ring empty", 0, 0);
	ASK(line, PING);
	expect(line, "ring full once", 1, 2 * commands + 1);
}

/* More than an entry can count: the rest is forgotten, and does not wait for ever. */
static void more_than_counted(struct line *line)
{
	u32 commands = MYSQL_PENDING + 70000;

	start(line, false);
	for (u32 i = 0; i < commands; i++)
		ASK(line, PING);
	for (u32 i = 0; i < commands; i++)
		ANSWER(line, OK);
	expect(line, "all answered", 0, 0);
	/* In step again, see MYSQL_IN_STEP. */
	for (u32 i = 0; i <= MYSQL_IN_STEP; i++) {
		ASK(line, PING);
		expect(line, "asked behind", 1, line->now);
		ANSWER(line, OK);
		expect(line, "answered behind", 0, 0);
	}
	if (line->tap.connection.server.blind || mysql_commands_waiting(&line->tap.connection)) {
		failures++;
		fprintf(stderr, "not in step again\n");
	}
}

/* An answer that is lost from sight in its middle: it is given up when the next one comes. */
static void lost_from_sight(struct line *line, bool joined)
{
	start(line, joined);
	ASK(line, PING);
	expect(line, "asked", 1, 1);
	ANSWER(line, ROWS);
	if (!joined)
		expect(line, "begun", 1, 1);
	line->answered += 100; /* not seen */
	ANSWER(line, "????");
	expect(line, "lost from sight", 0, 0);
	ASK(line, PING);
	expect(line, "asked since", 1, line->now);
	ANSWER(line, OK);
	expect(line, "answered since", 0, 0);
}

int main(void)
{
	static struct line line;

	one_after_another(&line);
	more_than_remembered(&line);
	more_than_counted(&line);
	lost_from_sight(&line, false);
	lost_from_sight(&line, true);
	printf("waiting: %u failures\n", failures);
	return failures != 0;
}
