/* SPDX-License-Identifier: Apache-2.0 */
/* Reading maps whole, many elements with one system call. No JNI in here. */
#ifndef MYSQL_WIRE_SNAPSHOT_H
#define MYSQL_WIRE_SNAPSHOT_H

#include "reader.h"

/*
 * Writes elements one after the other: key, then value, each padded to 8 bytes. Stripes are summed.
 *
 * limit: elements to read at most
 *
 * Returns the number of elements, or a negative errno; -ENOSPC when capacity (bytes) is too small.
 */
long snapshot_read(struct reader *reader, const struct readable_map *map, void *buffer,
		   size_t capacity, uint32_t limit);

#endif
