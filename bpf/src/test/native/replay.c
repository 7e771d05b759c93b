/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Replays recorded conversations: whole, one byte at a time, cut at every offset, everything twice,
 * out of order, joined late, and with any one command missed. The result must be the one that the
 * recording's reader found by other means, and must not depend on the cuts.
 *
 *	replay CONVERSATION...		each with its CONVERSATION.expected beside it
 */
#include "conversation.h"
#include "host_tap.h"
#include "waiting.h"

static const char *const response_names[RESPONSE_TYPES] = {
	"ok",         "resultset", "err",     "eof",      "local_infile",
	"statistics", "stream",    "auth_ok", "auth_err", "disconnect",
};

static unsigned long long failures, checks;

static void fail(const char *path, const char *how, const char *what)
{
	if (failures++ < 40)
		fprintf(stderr, "%s: %s: %s\n", path, how, what);
}

static void feed(struct host_tap *tap, const struct record *record, u32 from, u32 to, u64 now)
{
	if (from < to)
		host_segment(tap, record->from_server, record->position + from,
			     record->acknowledged, record->bytes + from, to - from, now);
}

static void start(struct host_tap *tap)
{
	memset(tap, 0, sizeof(*tap));
	mysql_connection_new(&tap->connection, CLIENT_START, SERVER_START_POSITION);
}

static int same(struct host_tap *a, struct host_tap *b)
{
	host_normalise(a);
	host_normalise(b);
	checks++;
	return !memcmp(a, b, sizeof(*a));
}

static u64 errors_of(const struct counts *counts, const char *type, unsigned int code)
{
	for (int i = 0; i < ERROR_CODES; i++) {
		const struct error_count *error = &counts->errors[i];

		if (error->count && error->code == code &&
		    !strcmp(response_names[error->type], type))
			return error->count;
	}
	return 0;
}

/* Lines of the .expected file: "responses TYPE CODE N", "rows N", "bytes N", "user NAME", ... */
static void compare_with_witness(const char *path, const struct host_tap *tap)
{
	char name[4096], line[256], type[64], got[320];
	unsigned long long n, total = 0, responses = 0;
	unsigned int code;
	FILE *file;

	snprintf(name, sizeof(name), "%s.expected", path);
	file = fopen(name, "r");
	if (!file) {
		perror(name);
		exit(2);
	}
	while (fgets(line, sizeof(line), file)) {
		u64 found;

		line[strcspn(line, "\n")] = 0;
		checks++;
		if (sscanf(line, "responses %63s %u %llu", type, &code, &n) == 3) {
			int i = 0;

			while (i < RESPONSE_TYPES && strcmp(response_names[i], type))
				i++;
			found = code                 ? errors_of(&tap->counts, type, code)
				: i < RESPONSE_TYPES ? tap->counts.responses[i]
						     : 0;
			total += n;
		} else if (sscanf(line, "rows %llu", &n) == 1) {
			found = tap->counts.rows;
		} else if (sscanf(line, "bytes %llu", &n) == 1) {
			found = tap->counts.bytes;
		} else if (!strncmp(line, "user ", 5)) {
			if (strncmp(line + 5, (const char *)tap->connection.user, MYSQL_USER_MAX))
				fail(path, "whole", line);
			continue;
		} else {
			continue;
		}
		if (found != n) {
			snprintf(got, sizeof(got), "expected \"%s\", found %llu", line,
				 (unsigned long long)found);
			fail(path, "whole", got);
		}
	}
	fclose(file);
	for (int i = 0; i < RESPONSE_TYPES; i++)
		responses += tap->counts.responses[i];
	if (responses != total) {
		snprintf(got, sizeof(got), "%llu responses, expected %llu", responses, total);
		fail(path, "whole", got);
	}
	if (tap->counts.unclassified || tap->counts.malformed || tap->counts.gaps)
		fail(path, "whole", "something was not understood");
}

/*
 * Every cut of every record: the state after the two pieces is that after the whole record, so by
 * induction the end of the conversation is the same, too.
 */
static void cut_everywhere(const char *path, const struct conversation *conversation)
{
	struct host_tap before, whole, cut;

	start(&before);
	for (size_t i = 0; i < conversation->size; i++) {
		const struct record *record = &conversation->records[i];

		whole = before;
		feed(&whole, record, 0, record->length, i);
		for (u32 at = 1; at < record->length; at++) {
			cut = before;
			feed(&cut, record, 0, at, i);
			feed(&cut, record, at, record->length, i);
			if (!same(&cut, &whole)) {
				fail(path, "cut", "the state differs after a cut");
				break;
			}
		}
		before = whole;
	}
}

static void byte_by_byte(const char *path, const struct conversation *conversation,
			 struct host_tap *whole)
{
	struct host_tap tap;

	start(&tap);
	for (size_t i = 0; i < conversation->size; i++)
		for (u32 at = 0; at < conversation->records[i].length; at++)
			feed(&tap, &conversation->records[i], at, at + 1, i);
	if (!same(&tap, whole))
		fail(path, "byte by byte", "the result differs");
}

/* Retransmits: each record comes again, whole, and again with half of the one before. */
static void everything_twice(const char *path, const struct conversation *conversation,
			     struct host_tap *whole)
{
	struct host_tap tap;

	start(&tap);
	for (size_t i = 0; i < conversation->size; i++) {
		const struct record *record = &conversation->records[i];

		feed(&tap, record, 0, record->length / 2, i);
		feed(&tap, record, 0, record->length, i);
		feed(&tap, record, record->length / 3, record->length, i);
	}
	if (!same(&tap, whole))
		fail(path, "everything twice", "the result differs");
}

/* The halves of each record of the client change places on the way. */
static void out_of_order(const char *path, const struct conversation *conversation,
			 struct host_tap *whole)
{
	struct host_tap tap;

	start(&tap);
	for (size_t i = 0; i < conversation->size; i++) {
		const struct record *record = &conversation->records[i];
		u32 half = record->length / 2;

		if (record->from_server || record->length - half > MYSQL_PARKED_BYTES) {
			feed(&tap, record, 0, record->length, i);
			continue;
		}
		feed(&tap, record, half, record->length, i);
		feed(&tap, record, 0, half, i);
		if (!half)
			continue;
		feed(&tap, record, half, record->length, i);
	}
	if (!same(&tap, whole))
		fail(path, "out of order", "the result differs");
}

/*
 * The header of each packet is lost and comes last, or between pieces of the rest: clients send it
 * in a segment of its own when the rest is long. What it announces may be longer than what is
 * parked.
 */
static void header_late(const char *path, const struct conversation *conversation,
			struct host_tap *whole)
{
	struct host_tap tap;

	start(&tap);
	for (size_t i = 0; i < conversation->size; i++) {
		const struct record *record = &conversation->records[i];
		u32 late = MYSQL_HEADER, middle = MYSQL_HEADER + 1 + i % 3;

		if (record->from_server || record->length <= middle ||
		    !mysql_fills(record->bytes, record->length, 0)) {
			feed(&tap, record, 0, record->length, i);
			continue;
		}
		feed(&tap, record, middle, record->length, i);
		feed(&tap, record, i & 1 ? late : 0, i & 1 ? middle : late, i);
		feed(&tap, record, i & 1 ? 0 : late, i & 1 ? late : middle, i);
	}
	if (!same(&tap, whole))
		fail(path, "header late", "the result differs");
}

/* Joined at record first, the start of a command: from there on the counts are the same. */
static void join_late(const char *path, const struct conversation *conversation, size_t first,
		      const struct counts *before, const struct counts *all)
{
	const struct record *record = &conversation->records[first];
	struct host_tap tap = {};

	mysql_connection_older(&tap.connection, record->position, record->acknowledged);
	for (size_t i = first; i < conversation->size; i++)
		feed(&tap, &conversation->records[i], 0, conversation->records[i].length, i);
	checks++;
	for (int i = 0; i < RESPONSE_TYPES; i++)
		if (tap.counts.responses[i] != all->responses[i] - before->responses[i])
			fail(path, "joined late", response_names[i]);
	if (tap.counts.rows != all->rows - before->rows)
		fail(path, "joined late", "rows");
}

static u32 in_flight(const struct host_tap *tap, u64 *oldest)
{
	struct mysql_waiting waiting = {};

	mysql_waiting(&tap->connection, &waiting);
	*oldest = waiting.oldest;
	return waiting.commands;
}

/*
 * Whether the answer to this record of the client can be told without it. Not if it is a command
 * whose answer has a form of its own, nor if the answer starts with another sequence id because the
 * command fills more than one packet.
 */
static int answer_is_plain(const struct record *record)
{
	static const u8 with_own_form[] = {
		COM_FIELD_LIST,       COM_STATISTICS, COM_CHANGE_USER,
		COM_BINLOG_DUMP,      COM_TABLE_DUMP, COM_STMT_FETCH,
		COM_BINLOG_DUMP_GTID, COM_CLONE,      COM_SUBSCRIBE_GROUP_REPLICATION_STREAM};

	if (record->length <= MYSQL_HEADER || record->bytes[3] != 0)
		return 1;
	return mysql_u24(record->bytes) != MYSQL_MAX_PAYLOAD &&
	       !memchr(with_own_form, record->bytes[MYSQL_HEADER], sizeof(with_own_form));
}

static int answers_are_plain(const struct conversation *conversation, size_t from)
{
	for (size_t i = from; i < conversation->size; i++)
		if (!conversation->records[i].from_server &&
		    !answer_is_plain(&conversation->records[i]))
			return 0;
	return 1;
}

/* Record missed, which brings commands, goes by unread: the answers count as if it had not. */
static void miss(const char *path, const struct conversation *conversation,
		 const struct host_tap *before, size_t missed, const struct counts *all)
{
	struct host_tap tap = *before;
	char what[64];
	u64 oldest;

	mysql_client_gap(&tap.connection);
	for (size_t i = missed + 1; i < conversation->size; i++)
		feed(&tap, &conversation->records[i], 0, conversation->records[i].length, i);
	if (in_flight(&tap, &oldest))
		fail(path, "missed", "a command is in flight at the end");
	checks++;
	if (memcmp(tap.counts.responses, all->responses, sizeof(all->responses)) ||
	    tap.counts.rows != all->rows || tap.counts.malformed || tap.counts.unclassified) {
		snprintf(what, sizeof(what), "the answers differ from record %zu on", missed);
		fail(path, "missed", what);
	}
}

/* Each record with a command is missed once, if all answers behind it can be told without theirs.
 */
static void miss_each(const char *path, const struct conversation *conversation,
		      const struct counts *all)
{
	struct host_tap tap;

	start(&tap);
	for (size_t i = 0; i < conversation->size; i++) {
		const struct record *record = &conversation->records[i];

		if (!record->from_server && tap.connection.server.phase == SERVER_START &&
		    tap.connection.client.stream.synced && !tap.connection.opaque &&
		    answers_are_plain(conversation, i))
			miss(path, conversation, &tap, i, all);
		feed(&tap, record, 0, record->length, i);
	}
}

/* Commands in flight came after the last record behind which none was. */
static void check_ages(const char *path, const struct host_tap *tap, u64 now, u64 *idle_until)
{
	u64 oldest;

	checks++;
	if (!in_flight(tap, &oldest))
		*idle_until = now;
	else if (oldest <= *idle_until)
		fail(path, "age", "a command in flight is older than the last pause");
}

static void replay(const char *path)
{
	struct conversation conversation;
	struct host_tap whole, tap;
	u64 idle_until = 0, oldest;

	conversation_read(&conversation, path);
	start(&whole);
	for (size_t i = 0; i < conversation.size; i++) {
		feed(&whole, &conversation.records[i], 0, conversation.records[i].length, i);
		check_ages(path, &whole, i, &idle_until);
	}
	compare_with_witness(path, &whole);
	if (in_flight(&whole, &oldest))
		fail(path, "whole", "a command is in flight at the end");
	start(&tap);
	for (size_t i = 0; i < conversation.size; i++) {
		const struct record *record = &conversation.records[i];
		struct host_tap before = tap;

		feed(&tap, record, 0, record->length, i);
		/* A record that brings a command while none waits. */
		if (!record->from_server && !mysql_commands_waiting(&before.connection) &&
		    tap.connection.client.commands == before.connection.client.commands + 1 &&
		    before.connection.server.phase == SERVER_START && !tap.connection.opaque &&
		    mysql_looks_like_command(record->bytes, record->length))
			join_late(path, &conversation, i, &before.counts, &whole.counts);
	}
	/* Where there was a cursor, a blind half gives up what looks like an OK. */
	if (!whole.connection.server.cursors)
		miss_each(path, &conversation, &whole.counts);
	everything_twice(path, &conversation, &whole);
	out_of_order(path, &conversation, &whole);
	header_late(path, &conversation, &whole);
	byte_by_byte(path, &conversation, &whole);
	cut_everywhere(path, &conversation);
	conversation_free(&conversation);
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "usage: replay CONVERSATION...\n");
		return 2;
	}
	for (int i = 1; i < argc; i++)
		replay(argv[i]);
	printf("replay: %d conversations, %llu checks, %llu failures\n", argc - 1, checks,
	       failures);
	return failures != 0;
}
