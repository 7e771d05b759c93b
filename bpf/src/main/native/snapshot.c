/* SPDX-License-Identifier: Apache-2.0 */
#include "snapshot.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <linux/bpf.h>
#include <bpf/bpf.h>

/* Bytes asked of the kernel at once; it copies that much without yielding. */
#define BATCH (256 * 1024)

struct shape {
	size_t key, value; /* bytes, padded to 8 */
	size_t copies;     /* of the value: possible CPUs for a per-CPU map */
	size_t raw_key;    /* bytes */
};

static size_t padded(size_t bytes)
{
	return (bytes + 7) & ~(size_t)7;
}

static bool is_per_cpu(const struct readable_map *map)
{
	return map->type == BPF_MAP_TYPE_PERCPU_ARRAY || map->type == BPF_MAP_TYPE_PERCPU_HASH;
}

static struct shape shape_of(const struct reader *reader, const struct readable_map *map)
{
	struct shape shape = {
		.key = padded(map->key_size),
		.value = padded(map->value_size),
		.copies = is_per_cpu(map) ? reader->cpus : 1,
		.raw_key = map->key_size,
	};
	return shape;
}

/* A value of a map that is not per-CPU is not padded by the kernel. */
static size_t raw_value(const struct shape *shape, const struct readable_map *map)
{
	return shape->copies > 1 ? shape->value * shape->copies : map->value_size;
}

static void append(const struct shape *shape, size_t raw, const void *key, const void *value,
		   char *to)
{
	const uint64_t *copies = value;
	uint64_t *sums = (uint64_t *)(to + shape->key);
	size_t words = shape->value / 8;

	memset(to, 0, shape->key);
	memcpy(to, key, shape->raw_key);
	memset(sums, 0, shape->value);
	if (shape->copies == 1) {
		memcpy(sums, value, raw);
		return;
	}
	for (size_t cpu = 0; cpu < shape->copies; cpu++)
		for (size_t word = 0; word < words; word++)
			sums[word] += copies[cpu * words + word];
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

/* One by one: for kernels without batches for a type of map (per-CPU arrays: before 5.13). */
static long read_singly(struct reader *reader, const struct readable_map *map,
			const struct shape *shape, char *buffer, uint32_t limit)
{
	size_t raw = raw_value(shape, map);
	char *keys, *value;
	void *previous = NULL;
	uint32_t n = 0;
	int error = reserve(reader, 2 * shape->key + raw);

	if (error)
		return error;
	keys = reader->scratch;
	value = keys + 2 * shape->key;
	while (n < limit && !bpf_map_get_next_key(map->fd, previous, keys)) {
		if (!bpf_map_lookup_elem(map->fd, keys, value))
			append(shape, raw, keys, value, buffer + n++ * (shape->key + shape->value));
		else if (errno != ENOENT)
			return -errno;
		memcpy(keys + shape->key, keys, shape->key);
		previous = keys + shape->key;
	}
	return n;
}

long snapshot_read(struct reader *reader, const struct readable_map *map, void *buffer,
		   size_t capacity, uint32_t limit)
{
	struct shape shape = shape_of(reader, map);
	size_t element = shape.key + shape.value, raw = raw_value(&shape, map);
	uint32_t batch = BATCH / (raw + shape.raw_key), position[64], done = 0, n = 0;
	void *from = NULL;

	if ((uint64_t)limit * element > capacity)
		return -ENOSPC;
	if (batch < 16)
		batch = 16;
	while (!done && n < limit) {
		uint32_t count = batch < limit - n ? batch : limit - n;
		char *keys, *values;
		int error = reserve(reader, (size_t)batch * (raw + shape.key));

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
			} else if (!from && (errno == EINVAL || errno == 524 /* ENOTSUPP */))
				return read_singly(reader, map, &shape, buffer, limit);
			else
				return -errno;
		}
		for (uint32_t i = 0; i < count; i++)
			append(&shape, raw, keys + i * shape.raw_key, values + i * raw,
			       (char *)buffer + (size_t)n++ * element);
		from = position;
	}
	return n;
}
