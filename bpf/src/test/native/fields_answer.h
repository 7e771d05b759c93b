/* SPDX-License-Identifier: Apache-2.0 */
/* Messages of any length, written as packets into one block of memory. */
#ifndef MYSQL_WIRE_FIELDS_ANSWER_H
#define MYSQL_WIRE_FIELDS_ANSWER_H

#include <stdlib.h>
#include <string.h>

#include "protocol.h"

struct answer {
	u8 *bytes;
	size_t size, room;
	u8 id; /* of the next packet */
};

static inline void answer_starts(struct answer *answer, u8 id)
{
	answer->size = 0;
	answer->id = id;
}

/* One packet, whatever came before. */
static inline u8 *answer_packet(struct answer *answer, u32 length)
{
	u8 *at;

	if (answer->room < answer->size + MYSQL_HEADER + length) {
		answer->room = 2 * (answer->size + MYSQL_HEADER + length);
		answer->bytes = realloc(answer->bytes, answer->room);
	}
	at = answer->bytes + answer->size;
	at[0] = length;
	at[1] = length >> 8;
	at[2] = length >> 16;
	at[3] = answer->id++;
	answer->size += MYSQL_HEADER + length;
	return at + MYSQL_HEADER;
}

/* A message of that many bytes, all but the first ones fill. Full packets go on in the next one. */
static inline void answer_long(struct answer *answer, const void *start, u32 started, u8 fill,
			       u32 length)
{
	u32 left = length, bytes;
	bool first = true;

	do {
		bytes = left < MYSQL_MAX_PAYLOAD ? left : MYSQL_MAX_PAYLOAD;
		u8 *at = answer_packet(answer, bytes);

		memset(at, fill, bytes);
		if (first)
			memcpy(at, start, started < bytes ? started : bytes);
		first = false;
		left -= bytes;
	} while (bytes == MYSQL_MAX_PAYLOAD);
}

static inline void answer_message(struct answer *answer, const void *payload, u32 length)
{
	answer_long(answer, payload, length, 0, length);
}

#define MESSAGE(answer, text) answer_message(answer, text, sizeof(text) - 1)

static inline void answer_definitions(struct answer *answer, u32 count)
{
	for (u32 i = 0; i < count; i++)
		MESSAGE(answer, "\3def\0\0\0\1a\0\x0c\x3f\0\1\0\0\0\x03\x80\0\0\0");
}

/* EOF, or the OK in its place. */
static inline void answer_end(struct answer *answer, bool eofs, u16 warnings, u16 status)
{
	u8 eof[] = {0xfe, warnings, warnings >> 8, status, status >> 8};
	u8 ok[] = {0xfe, 0, 0, status, status >> 8, warnings, warnings >> 8};

	answer_message(answer, eofs ? eof : ok, eofs ? sizeof(eof) : sizeof(ok));
}

static inline void answer_ok(struct answer *answer, u16 warnings, u16 status)
{
	u8 ok[] = {0, 0, 0, status, status >> 8, warnings, warnings >> 8};

	answer_message(answer, ok, sizeof(ok));
}

#endif
