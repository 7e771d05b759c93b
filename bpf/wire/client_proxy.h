/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * The PROXY protocol, versions 1 and 2 (doc/proxy-protocol.txt of HAProxy): ahead of the client's
 * first packet a load balancer says who the client is. MariaDB and Percona Server read it if they
 * are set to (proxy_protocol_networks).
 *
 * A line of version 1 is read byte by byte, one a round, so that the kernel's verifier meets one
 * byte's work and not that of a line.
 */
#ifndef MYSQL_WIRE_CLIENT_PROXY_H
#define MYSQL_WIRE_CLIENT_PROXY_H

#include "connection.h"
#include "outcome.h"

#define MYSQL_PROXY_HEAD 16 /* bytes of version 2 before the addresses */

/* Whether a header of either version may start here; 4 bytes. No login has this sequence id. */
MYSQL_INLINE int mysql_proxy_starts(const u8 *packet)
{
	return (packet[0] == 'P' && packet[1] == 'R' && packet[2] == 'O' && packet[3] == 'X') ||
	       (packet[0] == '\r' && packet[1] == '\n' && packet[2] == '\r' && packet[3] == '\n');
}

MYSQL_INLINE void mysql_proxy_put(struct mysql_proxy *proxy, u8 byte)
{
	proxy->digits[proxy->filled & 15] = byte;
	proxy->filled++;
}

MYSQL_INLINE void mysql_proxy_put_group(struct mysql_proxy *proxy, int decimal)
{
	if (!decimal)
		mysql_proxy_put(proxy, proxy->hex >> 8);
	mysql_proxy_put(proxy, decimal ? proxy->decimal : proxy->hex);
	proxy->hex = proxy->decimal = 0;
	proxy->in_group = 0;
}

/* A byte of the source's address, as inet_ntop() writes it. */
MYSQL_INLINE void mysql_proxy_address(struct mysql_proxy *proxy, u8 byte)
{
	u8 letter = byte | 0x20;

	if (byte >= '0' && byte <= '9') {
		proxy->hex = proxy->hex << 4 | (byte - '0');
		proxy->decimal = proxy->decimal * 10 + (byte - '0');
		proxy->in_group = 1;
	} else if (letter >= 'a' && letter <= 'f') {
		proxy->hex = proxy->hex << 4 | (letter - 'a' + 10);
		proxy->in_group = 1;
	} else if (byte == ':' && !proxy->in_group) {
		proxy->gap = proxy->filled + 1;
	} else {
		proxy->dotted = byte == '.';
		mysql_proxy_put_group(proxy, proxy->dotted);
	}
}

/* The source's address is complete: IPv4 as IPv6-mapped, and zeros where "::" stands. */
MYSQL_INLINE void mysql_proxy_source(struct mysql_proxy *proxy)
{
	u32 i, from, behind;

	mysql_proxy_put_group(proxy, proxy->dotted);
	if (proxy->family == '4' && proxy->filled == 4) {
		proxy->source[10] = proxy->source[11] = 0xff;
		for (i = 0; i < 4; i++)
			proxy->source[12 + i] = proxy->digits[i];
		proxy->found = 1;
	} else if (proxy->family == '6' && (proxy->filled == 16 || proxy->gap) &&
		   proxy->filled <= 16) {
		from = proxy->gap ? proxy->gap - 1 : 16;
		behind = 16 - (proxy->filled - from);
		for (i = 0; i < 16; i++) {
			MYSQL_NO_IDIOM(i);
			if (i < from)
				proxy->source[i & 15] = proxy->digits[i & 15];
			else if (i >= behind)
				proxy->source[i & 15] = proxy->digits[(i - behind + from) & 15];
		}
		proxy->found = 1;
	}
}

/* A byte of a line: "PROXY TCP4 SOURCE DESTINATION PORT PORT\r\n", or "PROXY UNKNOWN" and more. */
MYSQL_INLINE void mysql_proxy_byte(struct mysql_proxy *proxy, u8 byte, struct mysql_outcome *out)
{
	proxy->length++;
	if (byte == '\n') {
		proxy->state = PROXY_OVER;
		out->proxied = proxy->found;
	} else if (proxy->length == MYSQL_PROXY_LINE) {
		out->stranger = 1;
	} else if (byte == ' ') {
		if (proxy->word == 2)
			mysql_proxy_source(proxy);
		proxy->word++;
	} else if (proxy->word == 1) {
		proxy->family = byte; /* the last one of TCP4, TCP6 or UNKNOWN */
	} else if (proxy->word == 2) {
		mysql_proxy_address(proxy, byte);
	}
}

/* Version 2; at least MYSQL_PROXY_HEAD bytes, and the source if there is one. */
MYSQL_INLINE void mysql_proxy_binary(struct mysql_proxy *proxy, const u8 *packet, u32 length,
				     struct mysql_outcome *out)
{
	u32 i;

	proxy->state = PROXY_OVER;
	/* "\r\n\r\n\0\r\nQUIT\n", then the version in the upper half of a byte */
	if (mysql_u32(packet + 4) != 0x510a0d00 || mysql_u32(packet + 8) != 0x0a544955 ||
	    packet[12] >> 4 != 2) {
		out->stranger = 1;
		return;
	}
	if ((packet[12] & 15) != 1)
		return; /* LOCAL: the balancer itself */
	if (packet[13] >> 4 == 1 && length >= 12) {
		proxy->source[10] = proxy->source[11] = 0xff;
		for (i = 0; i < 4; i++)
			proxy->source[12 + i] = packet[MYSQL_PROXY_HEAD + i];
		out->proxied = 1;
	} else if (packet[13] >> 4 == 2 && length >= 36) {
		for (i = 0; i < 16; i++)
			proxy->source[i] = packet[MYSQL_PROXY_HEAD + i];
		out->proxied = 1;
	}
}

/* Reads a header, or a byte of one. Arguments and result as those of mysql_client_packet(). */
MYSQL_INLINE u32 mysql_client_proxy(struct mysql_client *client, const u8 *packet, u32 available,
				    struct mysql_outcome *out)
{
	u32 length, need;

	if (client->proxy.state == PROXY_LINE || packet[0] == 'P') {
		client->proxy.state = PROXY_LINE;
		mysql_proxy_byte(&client->proxy, packet[0], out);
		return 1;
	}
	if (available < MYSQL_PROXY_HEAD)
		return 0;
	length = (u32)packet[14] << 8 | packet[15];
	need = MYSQL_PROXY_HEAD + (length < 16 ? length : 16);
	if (available < need)
		return 0;
	mysql_proxy_binary(&client->proxy, packet, length, out);
	return MYSQL_PROXY_HEAD + length;
}

#endif
