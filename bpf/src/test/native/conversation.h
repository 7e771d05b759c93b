/* SPDX-License-Identifier: Apache-2.0 */
/* A recorded conversation between a client and a server, in true order. */
#ifndef MYSQL_WIRE_CONVERSATION_H
#define MYSQL_WIRE_CONVERSATION_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "protocol.h"

/* File: {u8 direction, u32 little-endian length, bytes} again and again. */
struct record {
	int from_server;
	u32 length;
	u32 position;     /* of its first byte in its stream */
	u32 acknowledged; /* bytes of the server that came before it */
	const u8 *bytes;
};

struct conversation {
	u8 *file;
	struct record *records;
	size_t size;
};

/* Streams start near the wrap of TCP positions, so that every test crosses it. */
#define CLIENT_START          0xfffffff0u
#define SERVER_START_POSITION 0xffffff00u

static inline void conversation_read(struct conversation *conversation, const char *path)
{
	u32 client = CLIENT_START, server = SERVER_START_POSITION;
	FILE *file = fopen(path, "rb");
	long length;

	if (!file) {
		perror(path);
		exit(2);
	}
	fseek(file, 0, SEEK_END);
	length = ftell(file);
	rewind(file);
	conversation->file = malloc(length + 1);
	conversation->records = NULL;
	conversation->size = 0;
	if (fread(conversation->file, 1, length, file) != (size_t)length) {
		perror(path);
		exit(2);
	}
	fclose(file);
	for (u8 *at = conversation->file, *end = at + length; at + 5 <= end;) {
		struct record record = {.from_server = at[0] == 1, .bytes = at + 5};
		u32 *position = record.from_server ? &server : &client;

		memcpy(&record.length, at + 1, 4);
		if (record.length > end - record.bytes) {
			fprintf(stderr, "%s: a record goes past the end of the file\n", path);
			exit(2);
		}
		record.position = *position;
		record.acknowledged = server;
		*position += record.length;
		at += 5 + record.length;
		if (!record.length)
			continue;
		conversation->records =
			realloc(conversation->records, (conversation->size + 1) * sizeof(record));
		conversation->records[conversation->size++] = record;
	}
}

static inline void conversation_free(struct conversation *conversation)
{
	free(conversation->file);
	free(conversation->records);
}

#endif
