/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Headers of the PROXY protocol ahead of a login, as HAProxy writes them: each with every cut in
 * two. The address is compared with libc's reading of it, and the login behind has to be read.
 */
#include <arpa/inet.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "host_tap.h"

#define HEADER_MAX 600
#define RANDOM     2000 /* addresses of either family */

static unsigned int failures, headers;
static u64 chance = 88172645463325252ULL; /* any seed but 0 */

struct header {
	u8 bytes[HEADER_MAX];
	u32 length;
	bool names;    /* it says who the client is */
	u8 source[16]; /* then this, IPv4 mapped */
};

static u32 next_random(void)
{
	chance ^= chance << 13;
	chance ^= chance >> 7;
	chance ^= chance << 17;
	return chance >> 16;
}

/* HandshakeResponse41 of the account "app". */
static u32 login(u8 *to)
{
	static const u8 tail[] = "app\0\0";

	memset(to, 0, 36);
	to[0] = 32 + sizeof(tail) - 1;
	to[3] = 1;
	to[MYSQL_HEADER + 1] = CLIENT_PROTOCOL_41 >> 8;
	memcpy(to + 36, tail, sizeof(tail) - 1);
	return 36 + sizeof(tail) - 1;
}

static bool is_right(const struct host_tap *tap, const struct header *header, bool proxied)
{
	const struct mysql_client *client = &tap->connection.client;

	return client->phase == CLIENT_COMMAND && client->stream.synced &&
	       !strcmp((const char *)tap->connection.user, "app") && proxied == header->names &&
	       tap->counts.commands[COM_QUERY] == 1 &&
	       (!proxied || !memcmp(client->proxy.source, header->source, 16));
}

/* Plays it in two segments, the login and a query behind it in the second. */
static bool play(const struct header *header, u32 cut)
{
	static struct host_tap tap;
	u8 bytes[HEADER_MAX + 128];
	u32 length = header->length;

	memcpy(bytes, header->bytes, length);
	length += login(bytes + length);
	memcpy(bytes + length, "\5\0\0\0\3DO 0", 9);
	length += 9;
	memset(&tap, 0, sizeof(tap));
	mysql_connection_new(&tap.connection, 0, 0);
	if (cut)
		host_segment(&tap, 0, 0, 0, bytes, cut, 1);
	host_segment(&tap, 0, cut, 0, bytes + cut, length - cut, 1);
	return is_right(&tap, header, tap.counts.proxied);
}

static void check(const struct header *header, const char *what)
{
	headers++;
	for (u32 cut = 0; cut <= header->length; cut++) {
		if (play(header, cut))
			continue;
		failures++;
		printf("%s, cut at %u of %u: not understood\n", what, cut, header->length);
		return;
	}
}

static void set_source(struct header *header, int family, const u8 *address)
{
	header->names = true;
	memset(header->source, 0, 16);
	if (family == AF_INET6) {
		memcpy(header->source, address, 16);
		return;
	}
	header->source[10] = header->source[11] = 0xff;
	memcpy(header->source + 12, address, 4);
}

static void check_text(int family, const u8 *address)
{
	char text[INET6_ADDRSTRLEN];
	struct header header = {};

	inet_ntop(family, address, text, sizeof(text));
	header.length = snprintf((char *)header.bytes, HEADER_MAX,
				 "PROXY TCP%c %s %s 65535 3306\r\n", family == AF_INET ? '4' : '6',
				 text, family == AF_INET ? "10.0.0.7" : "::7");
	set_source(&header, family, address);
	check(&header, text);
}

/* tail: bytes of further fields (TLVs) behind the addresses */
static void check_binary(u8 command, u8 family, const u8 *address, u32 tail)
{
	static const u8 signature[] = "\r\n\r\n\0\r\nQUIT\n";
	u32 addresses = family >> 4 == 1 ? 12 : family >> 4 == 2 ? 36 : family >> 4 == 3 ? 216 : 0;
	struct header header = {.length = 16 + addresses + tail};
	char what[64];

	memcpy(header.bytes, signature, 12);
	header.bytes[12] = 0x20 | command;
	header.bytes[13] = family;
	header.bytes[14] = (addresses + tail) >> 8;
	header.bytes[15] = addresses + tail;
	memset(header.bytes + 16, 'P', addresses + tail);
	if (addresses == 12 || addresses == 36)
		memcpy(header.bytes + 16, address, addresses == 12 ? 4 : 16);
	if (command == 1 && (addresses == 12 || addresses == 36))
		set_source(&header, addresses == 12 ? AF_INET : AF_INET6, address);
	snprintf(what, sizeof(what), "version 2, command %u, family %02x, %u bytes more", command,
		 family, tail);
	check(&header, what);
}

static void check_line(const char *line)
{
	struct header header = {};

	header.length = strlen(line);
	memcpy(header.bytes, line, header.length);
	check(&header, line);
}

static void check_edges(void)
{
	static const char *const addresses[] = {
		"::",
		"::1",
		"1::",
		"1:2:3:4:5:6:7:8",
		"::ffff:192.0.2.7",
		"64:ff9b::192.0.2.33",
		"fe80::1",
		"2001:db8::1:0:0:1",
		"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
		"0:0:1::",
		"1:0:0:1::1",
		"::2:3:4:5:6:7:8",
	};
	u8 address[16];

	for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
		inet_pton(AF_INET6, addresses[i], address);
		check_text(AF_INET6, address);
	}
	check_line("PROXY UNKNOWN\r\n");
	check_line("PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff "
		   "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n");
}

/* Almost version 2: a stranger, and no word of it is believed. */
static void check_stranger(u32 broken)
{
	static struct host_tap tap;
	u8 bytes[] = "\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c"
		     "\xc0\0\2\7\xc0\0\2\1\xc3\x50\x0c\xea";

	headers++;
	bytes[broken] ^= 0x40;
	memset(&tap, 0, sizeof(tap));
	mysql_connection_new(&tap.connection, 0, 0);
	host_segment(&tap, 0, 0, 0, bytes, sizeof(bytes) - 1, 1);
	if (tap.connection.client.phase == CLIENT_OPAQUE && !tap.counts.proxied)
		return;
	failures++;
	printf("byte %u broken: believed\n", broken);
}

int main(void)
{
	static const u8 families[] = {0x00, 0x11, 0x12, 0x21, 0x22, 0x31};
	static const u32 tails[] = {0, 1, 3, 15, 16, 17, 255, 256};
	u8 address[16];

	check_edges();
	for (int i = 0; i < RANDOM; i++) {
		for (int j = 0; j < 16; j++)
			address[j] = next_random() % 3 ? next_random() : 0;
		check_text(AF_INET, address);
		check_text(AF_INET6, address);
	}
	for (size_t i = 0; i < sizeof(families); i++)
		for (size_t j = 0; j < sizeof(tails) / sizeof(tails[0]); j++)
			for (u8 command = 0; command < 2; command++)
				check_binary(command, families[i], address, tails[j]);
	for (u32 broken = MYSQL_HEADER; broken < 13; broken++)
		check_stranger(broken);
	printf("proxy: %u headers, %u failures\n", headers, failures);
	return failures != 0;
}
