/* SPDX-License-Identifier: Apache-2.0 */
/* Maps and programs opened for reading: those that this process loaded, or pinned ones. No JNI in
 * here. */
#ifndef MYSQL_WIRE_READER_H
#define MYSQL_WIRE_READER_H

#include <limits.h>
#include <stddef.h>
#include <stdint.h>

#include "layout.h"

struct tap;

/* A map that readers may open. */
struct readable_map {
	const char *name;
	int fd;              /* -1: there is none, as fsyncs with the cgroup tap */
	uint32_t key_size;   /* bytes */
	uint32_t value_size; /* bytes */
	uint32_t max_entries;
	uint32_t stripes; /* elements that are summed to one */
};

#define READABLE_MAPS     12
#define READABLE_PROGRAMS 48 /* no fewer than there are */

struct readable_program {
	char name[NAME_MAX + 1];
	int fd;
};

struct reader {
	struct readable_map maps[READABLE_MAPS];
	struct readable_program programs[READABLE_PROGRAMS]; /* an empty name ends the list */
	void *scratch;                                       /* of snapshot_read() */
	size_t scratch_size;                                 /* bytes */
};

/* Whether a map of this name is for readers. */
int reader_may_open(const char *name);

/*
 * Of a tap that is loaded; lives on when the tap is closed. Returns 0 or a negative errno, and then
 * *reader is NULL.
 */
int reader_of_tap(const struct tap *tap, struct reader **reader);

/*
 * Of pinned maps below DIRECTORY/maps and programs below DIRECTORY/programs, opened read-only.
 * Returns 0 or a negative errno: -EPROTO when what is pinned there is not of this layout.
 */
int reader_of_pins(const char *directory, struct reader **reader);

/* NULL when there is no such map. */
struct readable_map *reader_map(struct reader *reader, const char *name);

/* A descriptor, or -1. */
int reader_program(const struct reader *reader, const char *name);

/* reader may be NULL. */
void reader_close(struct reader *reader);

#endif
