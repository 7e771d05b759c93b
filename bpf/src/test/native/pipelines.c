/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Clients that send on without waiting: kinds of commands mixed, each in a segment of its own or
 * all in one, to any depth. Within the bound that README states everything is exact; past it
 * answers still count by their form.
 */
#include <stdio.h>

#include "exchange.h"
#include "host_tap.h"

#define DEEPEST 300
#define KINDS   (PROBES + 1)
#define UPLOAD  (MYSQL_HEADER + MYSQL_MAX_PAYLOAD)

static unsigned int failures, pipelines;

struct pipeline {
	struct host_tap tap;
	u32 asked, answered; /* bytes */
	u64 now;
	struct counts expected;
};

static struct exchange field_list(void)
{
	struct exchange e = {.code = COM_FIELD_LIST, .response = RESPONSE_RESULTSET};

	PROBE_PACKET(&e.command, 0, "\x04item\0");
	PROBE_PACKET(&e.answer, 1,
		     "\3def\4shop\4item\4item\2id\2id\x0c\x3f\0\x0b\0\0\0\3\0\0\0\0\0\xfb");
	PROBE_PACKET(&e.answer, 2, "\xfe\0\0\2\0");
	return e;
}

/* The kinds follow each other in an order that differs with step. */
static struct exchange nth(u32 i, u32 step)
{
	u32 kind = i * step % KINDS;

	return kind < PROBES ? probe_exchange(kind, true, false) : field_list();
}

static void ask(struct pipeline *p, const u8 *bytes, u32 length)
{
	host_segment(&p->tap, 0, p->asked, p->answered, bytes, length, ++p->now);
	p->asked += length;
}

static void answer(struct pipeline *p, const struct exchange *e)
{
	host_segment(&p->tap, 1, p->answered, 0, e->answer.bytes, e->answer.length, ++p->now);
	p->answered += e->answer.length;
	p->expected.responses[e->response]++;
	p->expected.rows += e->rows;
}

static void start(struct pipeline *p)
{
	memset(p, 0, sizeof(*p));
	mysql_connection_new(&p->tap.connection, 0, 0);
	p->tap.connection.client.phase = CLIENT_COMMAND;
	p->tap.connection.server.phase = SERVER_START;
	p->tap.connection.eof_style = EOF_CLASSIC;
}

static void expect(const struct pipeline *p, const char *what, u32 depth, u32 step)
{
	const struct counts *seen = &p->tap.counts;

	if (!memcmp(seen->responses, p->expected.responses, sizeof(seen->responses)) &&
	    seen->rows == p->expected.rows && !seen->malformed && !seen->unclassified &&
	    !seen->gaps && !mysql_commands_waiting(&p->tap.connection) &&
	    (depth >= MYSQL_PENDING || !seen->pipeline_full))
		return;
	failures++;
	printf("%s, %u deep, step %u: %llu malformed, %llu unclassified, %u wait, %llu full\n",
	       what, depth, step, (unsigned long long)seen->malformed,
	       (unsigned long long)seen->unclassified, mysql_commands_waiting(&p->tap.connection),
	       (unsigned long long)seen->pipeline_full);
}

/* Twice, so that the second pipeline finds what the first one left; then one by one. */
static void in_segments(u32 depth, u32 step)
{
	static struct pipeline p;

	pipelines++;
	start(&p);
	for (int round = 0; round < 2; round++) {
		for (u32 i = 0; i < depth; i++) {
			struct exchange e = nth(i, step);

			ask(&p, e.command.bytes, e.command.length);
		}
		for (u32 i = 0; i < depth; i++) {
			struct exchange e = nth(i, step);

			answer(&p, &e);
		}
	}
	for (u32 i = 0; i < KINDS; i++) {
		struct exchange e = nth(i, 1);

		ask(&p, e.command.bytes, e.command.length);
		answer(&p, &e);
	}
	expect(&p, "segments", depth, step);
}

/* A window of so many commands that always wait: the ring is never empty. */
static void sliding(u32 depth, u32 step)
{
	static struct pipeline p;
	const u32 commands = 4 * MYSQL_PENDING;

	pipelines++;
	start(&p);
	for (u32 i = 0; i < commands + depth; i++) {
		struct exchange e = nth(i, step);

		if (i < commands)
			ask(&p, e.command.bytes, e.command.length);
		if (i < depth)
			continue;
		e = nth(i - depth, step);
		answer(&p, &e);
	}
	expect(&p, "sliding", depth + 1, step);
}

/* Commands that want no answer, and one of more than 16 MB whose answer starts with id 2. */
static void with_uploads(void)
{
	static u8 upload[UPLOAD + MYSQL_HEADER + 1] = {0xff, 0xff, 0xff, 0, COM_QUERY};
	static struct pipeline p;
	struct exchange ok = {.response = RESPONSE_OK};

	upload[UPLOAD] = 1;
	upload[UPLOAD + 3] = 1;
	pipelines++;
	start(&p);
	for (u32 i = 0; i < 20; i++) {
		struct exchange e = nth(i, 1);

		ask(&p, e.command.bytes, e.command.length);
		if (i == 7)
			ask(&p, upload, sizeof(upload));
		for (u32 j = 0; j < 1000; j++)
			ask(&p, (const u8 *)"\5\0\0\0\x19\1\0\0\0", 9);
	}
	for (u32 i = 0; i < 20; i++) {
		struct exchange e = nth(i, 1);

		answer(&p, &e);
		if (i != 7)
			continue;
		PROBE_PACKET(&ok.answer, 2, "\0\0\0\2\0\0\0");
		answer(&p, &ok);
	}
	expect(&p, "with uploads", 21, 1);
}

int main(void)
{
	for (u32 step = 1; step < KINDS; step++) {
		for (u32 depth = 1; depth <= DEEPEST; depth++)
			in_segments(depth, step);
		for (u32 depth = 1; depth < 2 * MYSQL_PENDING; depth++)
			sliding(depth, step);
	}
	with_uploads();
	printf("pipelines: %u, %u failures\n", pipelines, failures);
	return failures != 0;
}
