/* SPDX-License-Identifier: Apache-2.0 */
#include "sizes.h"

#include <bpf/libbpf.h>

/* struct htab_elem and struct bucket of kernel/bpf/hashtab.c. */
#define HASH_ELEMENT_BYTES 48
#define HASH_BUCKET_BYTES  16

static uint32_t power_of_two(uint32_t at_least)
{
	uint32_t power = 1;

	while (power < at_least)
		power *= 2;
	return power;
}

/* As many as keep CPUs from each other's records, and as there is memory for. */
static uint32_t stripes_for(uint32_t records, int cpus)
{
	uint32_t stripes = power_of_two(cpus);

	if (stripes > MAX_STRIPES)
		stripes = MAX_STRIPES;
	while (stripes > 1 &&
	       (uint64_t)records * stripes * sizeof(struct backend_counters) > COUNTERS_MAX_BYTES)
		stripes /= 2;
	return stripes;
}

int sizes_set(struct tap *tap, const struct tap_config *config, int cpus)
{
	struct mysql_wire_bpf *skeleton = tap->skeleton;
	uint32_t ids = OTHER_BACKENDS + config->max_backends + config->max_refused;
	uint32_t stripes =
		tap->reuses ? bpf_map__max_entries(skeleton->maps.backend_counters) / (1 + ids)
			    : stripes_for(1 + ids, cpus);
	struct {
		struct bpf_map *map;
		uint32_t entries;
	} sizes[] = {
		{skeleton->maps.backend_ids, ids},
		{skeleton->maps.free_backends, config->max_backends},
		{skeleton->maps.free_refused, config->max_refused},
		{skeleton->maps.backend_counters, (1 + ids) * stripes},
		{skeleton->maps.errors, config->max_errors},
		{skeleton->maps.gauges, config->max_connections},
		{skeleton->maps.sessions, config->tls ? config->max_connections : 1},
		{skeleton->maps.free_gauges, config->max_connections},
	};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		int error = bpf_map__set_max_entries(sizes[i].map, sizes[i].entries);

		if (error)
			return error;
	}
	skeleton->rodata->stripes = stripes;
	return 0;
}

static uint64_t padded(uint64_t bytes)
{
	return (bytes + 7) & ~(uint64_t)7;
}

/*
 * The kernel takes all of it when it makes the map; storage of sockets and threads, and elements of
 * hashes that are not preallocated, are made later.
 */
static uint64_t memory_of(const struct bpf_map *map, int cpus)
{
	uint64_t entries = bpf_map__max_entries(map), value = padded(bpf_map__value_size(map));
	uint64_t element = HASH_ELEMENT_BYTES + padded(bpf_map__key_size(map));
	uint64_t buckets = (uint64_t)power_of_two(entries) * HASH_BUCKET_BYTES;

	switch (bpf_map__type(map)) {
	case BPF_MAP_TYPE_ARRAY:
		return entries * value;
	case BPF_MAP_TYPE_PERCPU_ARRAY:
		return entries * value * cpus;
	case BPF_MAP_TYPE_HASH: /* and a spare element for each CPU */
		if (bpf_map__map_flags(map) & BPF_F_NO_PREALLOC)
			return buckets;
		return (entries + cpus) * (element + value) + buckets;
	case BPF_MAP_TYPE_PERCPU_HASH:
		return entries * (element + sizeof(void *) + value * cpus) + buckets;
	case BPF_MAP_TYPE_STACK:
		return (entries + 1) * bpf_map__value_size(map);
	default:
		return 0;
	}
}

uint64_t sizes_memory(const struct tap *tap, int cpus)
{
	struct bpf_map *map;
	uint64_t bytes = 0;

	bpf_object__for_each_map(map, tap->skeleton->obj) bytes += memory_of(map, cpus);
	return bytes;
}
