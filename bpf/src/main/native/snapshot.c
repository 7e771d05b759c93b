/* SPDX-License-Identifier: Apache-2.0 */
#include "snapshot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/bpf.h>

/* Bytes asked of the kernel at once; it copies that much without yielding. */
#define BATCH (256 * 1024)

struct shape {
	size_t key, value; /* bytes, padded to 8 */
};

static size_t padded(size_t bytes)
{
	return (bytes + 7) & ~(size_t)7;
}

/* One of the elements that lie side by side in a striped array: see struct backend_counters. */
static void add_stripe(const struct readable_map *map, const struct shape *shape, const void *value,
		       char *to)
{
	uint64_t *sums = (uint64_t *)(to + shape->key);
	const uint64_t *words = value;

	for (size_t i = 0; i < map->value_size / 8; i++)
		sums[i] += words[i];
}

static void put(const struct readable_map *map, const struct shape *shape, const void *key,
		const void *value, char *to)
{
	memset(to, 0, shape->key + shape->value);
	memcpy(to, key, map->key_size);
	memcpy(to + shape->key, value, map->value_size);
	if (map->stripes > 1)
		*(uint32_t *)to /= map->stripes;
}

static int reserve(struct reader *reader, size_t bytes)
{
	void *larger;

	if (bytes <= reader->scratch_size)
		return 0;
	larger = realloc(reader->scratch, bytes);
	if (!larger)
		return -ENOMEM;
	reader->scratch = larger;
	reader->scratch_size = bytes;
	return 0;
}

long snapshot_read(struct reader *reader, const struct readable_map *map, void *buffer,
		   size_t capacity, uint32_t limit)
{
	struct shape shape = {padded(map->key_size), padded(map->value_size)};
	size_t element = shape.key + shape.value, raw = map->value_size;
	uint32_t batch = BATCH / (raw + map->key_size), position[64], done = 0, n = 0;
	uint32_t stripes = map->stripes;
	void *from = NULL;

	if ((uint64_t)limit * element > capacity)
		return -ENOSPC;
	if (batch < 16)
		batch = 16;
	while (!done && n < limit * stripes) {
		uint32_t left = limit * stripes - n, count = batch < left ? batch : left;
		char *keys, *values;
		int error = reserve(reader, (size_t)batch * (raw + map->key_size));

		if (error)
			return error;
		values = reader->scratch;
		keys = values + batch * raw;
		if (bpf_map_lookup_batch(map->fd, from, position, keys, values, &count, NULL)) {
			if (errno == ENOENT)
				done = 1; /* the last batch */
			else if (errno == ENOSPC && batch < map->max_entries) {
				batch *= 2; /* a bucket of the hash holds more */
				continue;
			} else
				return -errno;
		}
		for (uint32_t i = 0; i < count; i++, n++) {
			char *to = (char *)buffer + n / stripes * element;

			if (n % stripes)
				add_stripe(map, &shape, values + i * raw, to);
			else
				put(map, &shape, keys + i * map->key_size, values + i * raw, to);
		}
		from = position;
	}
	return n / stripes;
}
