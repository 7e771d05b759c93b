/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes the inputs that the fuzzer starts from: recorded conversations, and conversations that no
 * driver of the tests has: so that every phase is reached at once.
 *
 *	fuzz_seeds DIRECTORY [CONVERSATION...]
 */
#include "conversation.h"
#include "exchange.h"
#include "recipe.h"

#define SEED_MAX 4096 /* bytes; what is longer makes the fuzzer slow */

struct seed {
	u32 length;
	u8 bytes[SEED_MAX];
};

static void seed_begin(struct seed *seed, u8 flags)
{
	seed->bytes[0] = flags;
	seed->length = 1;
}

/* Returns 0 when there is no room for all of them. */
static int seed_add(struct seed *seed, u8 kind, const u8 *bytes, u32 length)
{
	while (length) {
		u32 n = length < RECIPE_RECORD_MAX ? length : RECIPE_RECORD_MAX;

		if (seed->length + 2 + n > SEED_MAX)
			return 0;
		seed->bytes[seed->length] = kind;
		seed->bytes[seed->length + 1] = n;
		memcpy(seed->bytes + seed->length + 2, bytes, n);
		seed->length += 2 + n;
		bytes += n;
		length -= n;
	}
	return 1;
}

static void seed_write(const struct seed *seed, const char *directory, const char *name)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	file = fopen(path, "wb");
	if (!file || fwrite(seed->bytes, 1, seed->length, file) != seed->length || fclose(file)) {
		perror(path);
		exit(2);
	}
}

static void seed_recorded(const char *directory, const char *path)
{
	struct conversation conversation;
	struct seed seed;
	const char *name = strrchr(path, '/');

	seed_begin(&seed, 0);
	conversation_read(&conversation, path);
	for (size_t i = 0; i < conversation.size; i++) {
		const struct record *record = &conversation.records[i];

		if (!seed_add(&seed, record->from_server ? KIND_FROM_SERVER : 0, record->bytes,
			      record->length))
			break;
	}
	seed_write(&seed, directory, name ? name + 1 : path);
	conversation_free(&conversation);
}

#define CLIENT(seed, sequence, payload) SAY(seed, 0, sequence, payload)
#define SERVER(seed, sequence, payload) SAY(seed, KIND_FROM_SERVER, sequence, payload)
#define SAY(seed, kind, sequence, payload)                                                         \
	do {                                                                                       \
		struct probe_bytes said = {};                                                      \
		PROBE_PACKET(&said, sequence, payload);                                            \
		if (!seed_add(seed, kind, said.bytes, said.length))                                \
			abort();                                                                   \
	} while (0)

#define PROXY_LINE_6 "PROXY TCP6 2001:db8::ffff:192.0.2.7 ::1 50000 3306\r\n"
#define PROXY_BINARY                                                                               \
	"\r\n\r\n\0\r\nQUIT\n"                                                                     \
	"\x21\x11\0\x0c\xc0\0\2\7\xc0\0\2\1\xc3\x50\x0c\xea"

#define OK "\0\0\0\2\0\0\0"

/* The flags of both sides: the last two bytes of four can't be left out. */
#define GREETING(low, high)                                                                        \
	"\x0a"                                                                                     \
	"8.0.36\0\7\0\0\0abcdefgh\0" low "\xff\2\0" high "\x15\0\0\0\0\0\0\0\0\0\0ijklmnopqrst\0"  \
	"mysql_native_password"
#define LOGIN(low, high)                                                                           \
	low high "\0\0\0\1\xff\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"                      \
		 "checkout\0\0mysql_native_password"

static void logged_in(struct seed *seed)
{
	seed_begin(seed, 0);
	SERVER(seed, 0, GREETING("\xff\xf7", "\xff\xdf"));
	CLIENT(seed, 1, LOGIN("\x0d\xa2", "\x0f\1"));
	SERVER(seed, 2, OK);
}

/* Commands of which no driver makes use here. */
static void seed_commands(const char *directory)
{
	struct seed seed;

	logged_in(&seed);
	CLIENT(&seed, 0, "\x09");
	SERVER(&seed, 1, "Uptime: 7  Threads: 1");
	CLIENT(&seed, 0, "\x04item\0");
	SERVER(&seed, 1, "\3def\4shop\4item\4item\2id\2id\x0c\x3f\0\x0b\0\0\0\3\0\0\0\0\0\xfb");
	SERVER(&seed, 2, "\xfe\0\0\2\0\0\0");
	CLIENT(&seed, 0, "\3ALTER TABLE item FORCE");
	SERVER(&seed, 1,
	       "\xff\xff\xff\1\1\1\0\0\0\x05"
	       "alter");
	SERVER(&seed, 2, OK);
	CLIENT(&seed, 0, "\x11search\0\0shop\0");
	SERVER(&seed, 1, "\xfemysql_native_password\0abcdefghijklmnopqrst\0");
	CLIENT(&seed, 2, "");
	SERVER(&seed, 3, OK);
	CLIENT(&seed, 0, "\x18\1\0\0\0\0\0long data");
	CLIENT(&seed, 0, "\x19\1\0\0\0");
	CLIENT(&seed, 0, "");
	SERVER(&seed, 1, "\xff\x17\4#08S01Unknown command");
	SERVER(&seed, 0, "\xff\x1d\4#08S01shutdown");
	seed_write(&seed, directory, "commands");

	logged_in(&seed);
	CLIENT(&seed, 0, "\x12\4\0\0\0\0\0\1\0\0\0binlog.000001");
	SERVER(&seed, 1, "\0\0\0\0\0\x04\1\0\0\0");
	SERVER(&seed, 2, "\0\0\0\0\0\x0f\1\0\0\0");
	seed_write(&seed, directory, "replication");

	seed_begin(&seed, 0);
	SERVER(&seed, 0, GREETING("\xff\xff", "\xff\xdf"));
	CLIENT(&seed, 1,
	       "\x0d\xaa\x0f\1\0\0\0\1\xff\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
	CLIENT(&seed, 1, "encrypted");
	SERVER(&seed, 1, "encrypted");
	seed_write(&seed, directory, "tls");
}

/* A header of the PROXY protocol, which may come before the greeting. */
static void seed_proxied(const char *directory, const char *name, const char *header, u32 length)
{
	struct seed seed;

	seed_begin(&seed, 0);
	seed_add(&seed, 0, (const u8 *)header, length);
	SERVER(&seed, 0, GREETING("\xff\xf7", "\xff\xdf"));
	CLIENT(&seed, 1, LOGIN("\x0d\xa2", "\x0f\1"));
	SERVER(&seed, 2, OK);
	CLIENT(&seed, 0, "\3DO 0");
	SERVER(&seed, 1, OK);
	seed_write(&seed, directory, name);
}

/* Several commands at once, in segments that arrive ahead of a hole. */
static void seed_pipelined(const char *directory, const char *name, u8 flags, u8 commands, u8 late)
{
	struct seed seed;

	logged_in(&seed);
	seed.bytes[0] = flags;
	for (u8 i = 0; i < commands; i++)
		SAY(&seed, i == 1 ? KIND_SKIP : i + 1 == commands ? late : KIND_LATE, 0, "\3DO 0");
	for (u8 i = 0; i < commands; i++)
		SERVER(&seed, 1, OK);
	seed_write(&seed, directory, name);
}

/* Frames: of the compressed ones only the header is read, so that their bytes may be any. */
static void seed_compressed(const char *directory, u8 flags)
{
	struct seed seed;
	u8 unreadable[] = {9, 0, 0, 1, 90, 0, 0, 'c', 'o', 'm', 'p', 'r', 'e', 's', 's', 'd'};

	seed_begin(&seed, flags);
	if (!flags) {
		SERVER(&seed, 0, GREETING("\xff\xf7", "\xff\xdf"));
		CLIENT(&seed, 1, LOGIN("\x2d\xa2", "\x0f\1"));
		SERVER(&seed, 2, OK);
	}
	for (u8 i = 0; i < 15; i++) {
		struct exchange e = probe_exchange(i, false, true);

		seed_add(&seed, 0, e.command.bytes, e.command.length);
		if (i % 5 == 1)
			seed_add(&seed, KIND_FROM_SERVER, unreadable, sizeof(unreadable));
		else
			seed_add(&seed, KIND_FROM_SERVER, e.answer.bytes, e.answer.length);
	}
	unreadable[3] = 0;
	seed_add(&seed, 0, unreadable, sizeof(unreadable));
	seed_write(&seed, directory, flags ? "compressed-older" : "compressed");
}

/* Joined late, both ways to end the definitions. */
static void seed_older(const char *directory, const char *name, u8 classic)
{
	struct seed seed;

	seed_begin(&seed, KIND_OLDER);
	for (u8 i = 0; i < 10; i++) {
		struct exchange e = probe_exchange(i, classic, false);

		seed_add(&seed, 0, e.command.bytes, e.command.length);
		seed_add(&seed, i == 6 ? KIND_SKIP | KIND_FROM_SERVER : KIND_FROM_SERVER,
			 e.answer.bytes, e.answer.length);
	}
	seed_write(&seed, directory, name);
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "usage: fuzz_seeds DIRECTORY [CONVERSATION...]\n");
		return 2;
	}
	seed_commands(argv[1]);
	seed_proxied(argv[1], "proxied-line", PROXY_LINE_6, sizeof(PROXY_LINE_6) - 1);
	seed_proxied(argv[1], "proxied", PROXY_BINARY, sizeof(PROXY_BINARY) - 1);
	seed_pipelined(argv[1], "pipelined", 0, 5, KIND_FILL);
	seed_pipelined(argv[1], "pipelined-hole", 0, 5, 0);
	seed_pipelined(argv[1], "pipelined-gap", 0x30, 14, KIND_FILL);
	seed_compressed(argv[1], 0);
	seed_compressed(argv[1], KIND_OLDER);
	seed_older(argv[1], "older", 0);
	seed_older(argv[1], "older-classic", 1);
	for (int i = 2; i < argc; i++)
		seed_recorded(argv[1], argv[i]);
	return 0;
}
