/* SPDX-License-Identifier: Apache-2.0 */
/* Commands and answers of both servers, byte for byte, and what they count as. */
#ifndef MYSQL_WIRE_EXCHANGE_H
#define MYSQL_WIRE_EXCHANGE_H

#include <stdbool.h>
#include <string.h>

#include "frame.h"
#include "outcome.h"

#define EXCHANGE_MAX 255 /* bytes of a command or an answer */

/* Bytes of one segment. */
struct probe_bytes {
	u32 length;
	u8 bytes[EXCHANGE_MAX];
};

/* A command and its answer, and what they count as. */
struct exchange {
	struct probe_bytes command, answer;
	u8 code;     /* command byte */
	u8 response; /* enum mysql_response_type */
	u8 rows;
};

static inline void probe_packet(struct probe_bytes *to, u8 sequence, const char *payload, u8 length)
{
	u8 *at = to->bytes + to->length;

	at[0] = length;
	at[1] = at[2] = 0;
	at[3] = sequence;
	memcpy(at + MYSQL_HEADER, payload, length);
	to->length += MYSQL_HEADER + length;
}

/* Puts the packets into one frame of the compressed protocol, not compressed. */
static inline void probe_frame(struct probe_bytes *to, u8 sequence)
{
	u8 header[MYSQL_FRAME_HEADER] = {to->length, 0, 0, sequence};

	memmove(to->bytes + sizeof(header), to->bytes, to->length);
	memcpy(to->bytes, header, sizeof(header));
	to->length += sizeof(header);
}

#define PROBE_PACKET(to, sequence, payload) probe_packet(to, sequence, payload, sizeof(payload) - 1)

#define PROBES 5

static inline struct exchange probe_exchange(u8 which, bool classic, bool compressed)
{
	struct exchange e = {};
	u8 id = 1;

	switch (which % PROBES) {
	case 0:
		PROBE_PACKET(&e.command, 0,
			     "\x03"
			     "DO 0");
		PROBE_PACKET(&e.answer, id, "\0\0\0\2\0\0\0");
		e.response = RESPONSE_OK;
		break;
	case 1:
		PROBE_PACKET(&e.command, 0, "\x02shop");
		PROBE_PACKET(&e.answer, id, "\xff\x28\x04#42000no");
		e.response = RESPONSE_ERR;
		break;
	case 2:
		PROBE_PACKET(&e.command, 0, "\x03SELECT 1");
		PROBE_PACKET(&e.answer, id++, "\1");
		PROBE_PACKET(&e.answer, id++, "\3def\0\0\0\0011\0\x0c\x3f\0\1\0\0\0\x08\x81\0\0\0");
		if (classic)
			PROBE_PACKET(&e.answer, id++, "\xfe\0\0\2\0");
		PROBE_PACKET(&e.answer, id++, "\0011");
		PROBE_PACKET(&e.answer, id++, "\xfb");
		if (classic)
			PROBE_PACKET(&e.answer, id, "\xfe\0\0\2\0");
		else
			PROBE_PACKET(&e.answer, id, "\xfe\0\0\2\0\0\0");
		e.response = RESPONSE_RESULTSET;
		e.rows = 2;
		break;
	case 3:
		PROBE_PACKET(&e.command, 0,
			     "\x16"
			     "DO ?");
		PROBE_PACKET(&e.answer, id++, "\0\1\0\0\0\0\0\1\0\0\0\0");
		PROBE_PACKET(&e.answer, id++, "\3def\0\0\0\1?\0\x0c\x3f\0\0\0\0\0\xfd\x80\0\0\0");
		if (classic)
			PROBE_PACKET(&e.answer, id, "\xfe\0\0\2\0");
		e.response = RESPONSE_OK;
		break;
	case 4:
		PROBE_PACKET(&e.command, 0, "\x09");
		PROBE_PACKET(&e.answer, id, "Uptime: 7  Threads: 1");
		e.response = RESPONSE_STATISTICS;
		break;
	}
	e.code = e.command.bytes[MYSQL_HEADER];
	if (compressed) {
		probe_frame(&e.command, 0);
		probe_frame(&e.answer, 1);
	}
	return e;
}

#endif
