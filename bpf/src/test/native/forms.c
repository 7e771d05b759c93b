/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers of unusual form or value, each played on a connection of its own and followed by a PING,
 * which is answered in step only if the answer before it was understood to its end.
 */
#include <stdio.h>

#include "exchange.h"
#include "host_tap.h"

static unsigned int failures, forms;

/* What an answer counts as. */
struct expected {
	u8 results, oks, errors, rows;
};

static void check(const struct host_tap *tap, const struct expected *expected, const char *form,
		  u64 value)
{
	const u64 *responses = tap->counts.responses;

	forms++;
	if (responses[RESPONSE_RESULTSET] == expected->results &&
	    responses[RESPONSE_OK] == expected->oks + 1u /* the PING's */ &&
	    responses[RESPONSE_ERR] == expected->errors && tap->counts.rows == expected->rows &&
	    !tap->counts.malformed && !mysql_commands_waiting(&tap->connection))
		return;
	failures++;
	printf("%s, %llu: %llu results, %llu ok, %llu err, %llu rows, %llu malformed, %u wait\n",
	       form, (unsigned long long)value, (unsigned long long)responses[RESPONSE_RESULTSET],
	       (unsigned long long)responses[RESPONSE_OK],
	       (unsigned long long)responses[RESPONSE_ERR], (unsigned long long)tap->counts.rows,
	       (unsigned long long)tap->counts.malformed, mysql_commands_waiting(&tap->connection));
}

static void play(const char *form, u64 value, bool classic, const struct probe_bytes *command,
		 const struct probe_bytes *answer, struct expected expected)
{
	static struct host_tap tap;
	struct probe_bytes ping = {}, pong = {};

	PROBE_PACKET(&ping, 0, "\x0e");
	PROBE_PACKET(&pong, 1, "\0\0\0\2\0\0\0");
	memset(&tap, 0, sizeof(tap));
	mysql_connection_new(&tap.connection, 0, 0);
	tap.connection.client.phase = CLIENT_COMMAND;
	tap.connection.server.phase = SERVER_START;
	tap.connection.eof_style = classic ? EOF_CLASSIC : EOF_DEPRECATED;
	host_segment(&tap, 0, 0, 0, command->bytes, command->length, 1);
	host_segment(&tap, 1, 0, 0, answer->bytes, answer->length, 2);
	host_segment(&tap, 0, command->length, answer->length, ping.bytes, ping.length, 3);
	host_segment(&tap, 1, answer->length, 0, pong.bytes, pong.length, 4);
	check(&tap, &expected, form, value);
}

/* A length-encoded integer as the documentation has it, shortest form first; returns its bytes. */
static u32 encode(u64 value, u8 *to)
{
	u32 bytes = value < 251 ? 0 : value < 1 << 16 ? 2 : value < 1 << 24 ? 3 : 8, i;

	to[0] = bytes == 0 ? value : bytes == 2 ? 0xfc : bytes == 3 ? 0xfd : 0xfe;
	for (i = 0; i < bytes; i++)
		to[1 + i] = value >> (8 * i);
	return 1 + bytes;
}

static u8 ok(char *payload, u8 type, u64 rows, u64 id, u16 status)
{
	u32 at = 0;

	payload[at++] = type;
	at += encode(rows, (u8 *)payload + at);
	at += encode(id, (u8 *)payload + at);
	payload[at++] = status;
	payload[at++] = status >> 8;
	payload[at++] = 0; /* warnings */
	payload[at++] = 0;
	return at;
}

/* A statement's OK, or a result set that ends in one, then another result if the status says so. */
static void play_ok(u64 rows, u64 id, u16 status, bool in_result)
{
	struct probe_bytes command = {}, answer = {};
	bool more = status & SERVER_MORE_RESULTS_EXISTS;
	char payload[32];
	u8 sequence = 1, length;

	PROBE_PACKET(&command, 0, "\x03x");
	if (in_result) {
		PROBE_PACKET(&answer, sequence++, "\1");
		PROBE_PACKET(&answer, sequence++,
			     "\3def\0\0\0\0011\0\x0c\x3f\0\1\0\0\0\x08\x81\0\0\0");
		PROBE_PACKET(&answer, sequence++, "\0011");
	}
	length = ok(payload, in_result ? PACKET_EOF : PACKET_OK, rows, id, status);
	probe_packet(&answer, sequence++, payload, length);
	if (more)
		PROBE_PACKET(&answer, sequence, "\0\0\0\2\0\0\0");
	play(in_result ? "closing OK" : "OK", in_result ? rows : id, false, &command, &answer,
	     (struct expected){in_result, !in_result + more, 0, in_result});
}

static void play_values(void)
{
	static const u64 edges[] = {250,    251,     252,      253,       254,        255,
				    0xffff, 0x10000, 0xffffff, 0x1000000, 1ull << 32, ~0ull};
	u32 status, i, j;

	for (status = 0; status < 1 << 16; status++) {
		play_ok(0, 0, status, false);
		play_ok(0, 0, status, true);
	}
	for (i = 0; i < 3000; i++) {
		play_ok(i, 0, 2, true);
		play_ok(0, i, 2, true);
		play_ok(i, i, 2 | SERVER_MORE_RESULTS_EXISTS, true);
		play_ok(i, 264, 2, false);
	}
	for (i = 0; i < sizeof(edges) / sizeof(edges[0]); i++)
		for (j = 0; j < sizeof(edges) / sizeof(edges[0]); j++) {
			play_ok(edges[i], edges[j], 2, false);
			play_ok(edges[i], edges[j], 2, true);
			play_ok(edges[i], edges[j], 2 | SERVER_MORE_RESULTS_EXISTS, true);
		}
}

static void play_errors(void)
{
	struct probe_bytes command = {}, answer;
	char payload[] = "\xff\0\0#HY000x";
	u32 code;

	PROBE_PACKET(&command, 0, "\x03x");
	for (code = 0; code < 1 << 16; code++) {
		payload[1] = code;
		payload[2] = code >> 8;
		answer = (struct probe_bytes){};
		probe_packet(&answer, 1, payload, sizeof(payload) - 1);
		play("ERR", code, true, &command, &answer, (struct expected){0, 0, 1, 0});
	}
}

static void play_forms(void)
{
	static const char column[] = "\3def\0\0\0\1a\0\x0c\x3f\0\1\0\0\0\x03\x80\0\0\0";
	struct probe_bytes command = {}, answer = {};

	PROBE_PACKET(&command, 0, "\x04shop\0x%");
	PROBE_PACKET(&answer, 1, "\xfe\0\0\2\0");
	play("COM_FIELD_LIST, no column", 0, true, &command, &answer,
	     (struct expected){1, 0, 0, 0});
	answer = (struct probe_bytes){};
	PROBE_PACKET(&answer, 1, "\xfe\0\0\2\0\0\0");
	play("COM_FIELD_LIST, no column, no EOF", 0, false, &command, &answer,
	     (struct expected){1, 0, 0, 0});
	answer = (struct probe_bytes){};
	PROBE_PACKET(&answer, 1, "\xff\x7a\x04#42S02no");
	play("COM_FIELD_LIST, no table", 0, true, &command, &answer, (struct expected){0, 0, 1, 0});

	/* CALL of a prepared statement with OUT parameters, for a client with EOFs. */
	command = (struct probe_bytes){};
	PROBE_PACKET(&command, 0, "\x17\1\0\0\0\0\1\0\0\0");
	answer = (struct probe_bytes){};
	PROBE_PACKET(&answer, 1, "\1");
	probe_packet(&answer, 2, column, sizeof(column) - 1);
	PROBE_PACKET(&answer, 3, "\xfe\0\0\x0a\x10");
	PROBE_PACKET(&answer, 4, "\0\0\7\0\0\0");
	PROBE_PACKET(&answer, 5, "\xfe\0\0\2\0");
	PROBE_PACKET(&answer, 6, "\0\0\0\2\0\0\0");
	play("OUT parameters", 0, true, &command, &answer, (struct expected){1, 1, 0, 1});
	/* A stale flag in the EOF ahead of the rows of anything else means nothing. */
	command = (struct probe_bytes){};
	PROBE_PACKET(&command, 0, "\x03x");
	answer = (struct probe_bytes){};
	PROBE_PACKET(&answer, 1, "\1");
	probe_packet(&answer, 2, column, sizeof(column) - 1);
	PROBE_PACKET(&answer, 3, "\xfe\0\0\x0a\0");
	PROBE_PACKET(&answer, 4, "\xfe\0\0\2\0");
	play("MORE_RESULTS ahead of the rows only", 0, true, &command, &answer,
	     (struct expected){1, 0, 0, 0});
}

/* Bytes of other protocols, from either side: nothing of a conversation is lost with them. */
static void play_strangers(void)
{
	static const struct {
		const char *name, *bytes;
		u32 length;
	} strangers[] = {
		{"HTTP", "GET / HTTP/1.1\r\nHost: db:3306\r\n\r\n", 33},
		{"TLS", "\x16\3\1\0\xf4\1\0\0\xf0\3\3abcdefghijklmnopqrst", 31},
		{"RDP", "\3\0\0\x13\x0e\xe0\0\0\0\0\0\1\0\x08\0\3\0\0\0", 19},
		{"SSH", "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n", 40},
		{"zeros", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16},
		{"an empty login", "\0\0\0\1", 4},
	};
	static struct host_tap tap;
	u8 bytes[512];

	for (u32 i = 0; i < sizeof(strangers) / sizeof(strangers[0]); i++)
		for (u8 from_server = 0; from_server < 2; from_server++) {
			struct counts nothing = {};

			/* Padded, so that a head that is waited for is there. */
			memset(bytes, 'x', sizeof(bytes));
			memcpy(bytes, strangers[i].bytes, strangers[i].length);
			memset(&tap, 0, sizeof(tap));
			mysql_connection_new(&tap.connection, 0, 0);
			host_segment(&tap, from_server, 0, 0, bytes, sizeof(bytes), 1);
			host_segment(&tap, from_server, sizeof(bytes), 0, bytes, sizeof(bytes), 2);
			nothing.bytes = tap.counts.bytes;
			forms++;
			if (!memcmp(&tap.counts, &nothing, sizeof(nothing)))
				continue;
			failures++;
			printf("%s from the %s: counted\n", strangers[i].name,
			       from_server ? "server" : "client");
		}
}

/* Other protocols of mysqld's own, from either side: opaque by that reason, and nothing else. */
static void play_own_protocols(void)
{
	static const struct {
		const char *name, *bytes;
		u32 length;
		u8 from_server;
		u8 reason;
	} own[] = {
		{"CON_CAPABILITIES_GET", "\1\0\0\0\1", 5, 0, OPAQUE_X_PROTOCOL},
		{"SESS_AUTHENTICATE_START", "\x0a\0\0\0\4\x0a\7MYSQL41", 14, 0, OPAQUE_X_PROTOCOL},
		{"a NOTICE", "\5\0\0\0\x0b\x08\5\x1a\0", 9, 1, OPAQUE_X_PROTOCOL},
		{"an OK of X", "\1\0\0\0\0", 5, 1, OPAQUE_X_PROTOCOL},
		{"a request of XCom", "\0\0\0\x0a\0\0\0\0\1\0\0\0", 12, 0,
		 OPAQUE_GROUP_REPLICATION},
		{"an answer of XCom", "\0\0\0\x0a\0\0\0\0\2\0\0\0", 12, 1,
		 OPAQUE_GROUP_REPLICATION},
	};
	static struct host_tap tap;

	for (u32 i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		struct counts nothing = {};

		memset(&tap, 0, sizeof(tap));
		mysql_connection_new(&tap.connection, 0, 0);
		host_segment(&tap, own[i].from_server, 0, 0, (const u8 *)own[i].bytes,
			     own[i].length, 1);
		nothing.bytes = tap.counts.bytes;
		nothing.unclassified = own[i].from_server;
		forms++;
		if (tap.connection.opaque == own[i].reason + 1 &&
		    !memcmp(&tap.counts, &nothing, sizeof(nothing)))
			continue;
		failures++;
		printf("%s: opaque %u, or counted\n", own[i].name, tap.connection.opaque);
	}
}

int main(void)
{
	play_strangers();
	play_own_protocols();
	play_values();
	play_errors();
	play_forms();
	printf("forms: %u forms and values, %u failures\n", forms, failures);
	return failures != 0;
}
