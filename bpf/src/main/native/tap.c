/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "programs.h"
#include "replaced.h"
#include "sizes.h"

static _Thread_local char complaint[1024];

const char *tap_complaint(void)
{
	return complaint;
}

void tap_forget_complaint(void)
{
	complaint[0] = 0;
}

/* Keeps the first warning: those that follow only say which caller gave up. */
static int keep_complaint(enum libbpf_print_level level, const char *format, va_list arguments)
{
	if (level == LIBBPF_WARN && !complaint[0])
		vsnprintf(complaint, sizeof(complaint), format, arguments);
	return 0;
}

struct tap *tap_open(void)
{
	struct tap *tap = calloc(1, sizeof(*tap));

	tap_forget_complaint();
	libbpf_set_print(keep_complaint);
	if (!tap)
		return NULL;
	tap->skeleton = mysql_wire_bpf__open();
	if (tap->skeleton)
		return tap;
	tap_close(tap);
	return NULL;
}

/* Another number each time that programs are loaded. */
static uint32_t generation(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint32_t)(now.tv_sec * 1000000 + now.tv_nsec / 1000);
}

static int configure(struct tap *tap, const struct tap_config *config)
{
	struct mysql_wire_bpf *skeleton = tap->skeleton;
	int cpus = libbpf_num_possible_cpus();
	int error = cpus < 0 ? cpus : sizes_set(tap, config, cpus);

	if (error)
		return error;
	memcpy((void *)skeleton->rodata->watched_ports, config->ports, sizeof(config->ports));
	memcpy((void *)skeleton->rodata->ipv4_mask, config->ipv4_mask, 16);
	memcpy((void *)skeleton->rodata->ipv6_mask, config->ipv6_mask, 16);
	skeleton->rodata->keep_users = config->users;
	skeleton->rodata->proxy_protocol = config->proxy_protocol;
	skeleton->rodata->tracing = config->tracing;
	skeleton->rodata->within_cgroup = config->within_cgroup;
	skeleton->rodata->read_tls = config->tracing && config->tls;
	skeleton->rodata->generation = generation();
	skeleton->rodata->watch_servers = config->watch_servers;
	programs_choose(tap, config->tracing);
	error = programs_choose_fsync(tap, config->tracing);
	if (!error)
		error = programs_choose_unix(tap, config->tracing);
	if (!error)
		error = programs_choose_walkers(tap, config->tracing);
	return error ? error : programs_choose_probes(tap, config->tracing && config->tls);
}

/* Puts the ids from first to first + n - 1 on a stack, the lowest on top. */
static int fill(struct bpf_map *stack, uint32_t first, uint32_t n)
{
	for (uint32_t i = n; i-- > 0;) {
		uint32_t id = first + i;

		if (bpf_map_update_elem(bpf_map__fd(stack), NULL, &id, BPF_ANY))
			return -errno;
	}
	return 0;
}

/*
 * Puts the ids of backends on two stacks, those for refused accounts evenly among the others: a
 * reader of backend_counters has to read up to the highest id in use.
 */
static int fill_backends(struct mysql_wire_bpf *skeleton, const struct tap_config *config)
{
	uint32_t n = config->max_backends + config->max_refused, every = n / config->max_refused;
	int error = 0;

	for (uint32_t i = n; i-- > 0 && !error;) {
		bool refused = i % every == 0 && i / every < config->max_refused;

		error = fill(refused ? skeleton->maps.free_refused : skeleton->maps.free_backends,
			     1 + OTHER_BACKENDS + i, 1);
	}
	return error;
}

int tap_load(struct tap *tap, const struct tap_config *config)
{
	struct mysql_wire_bpf *skeleton = tap->skeleton;
	int error = configure(tap, config);

	if (!error)
		error = mysql_wire_bpf__load(skeleton);
	if (!error)
		error = programs_place_walkers(tap);
	if (!error)
		programs_take_probes(tap);
	if (error || tap->reuses)
		return error;
	/* Id 0 is OTHER_BACKEND; then come those set aside, then everybody's. */
	error = fill(skeleton->maps.free_others, 1, OTHER_BACKENDS);
	if (!error)
		error = fill_backends(skeleton, config);
	if (!error)
		error = fill(skeleton->maps.free_gauges, 0, config->max_connections);
	if (!error && config->tracing)
		error = fill(skeleton->maps.free_unix_names, 1, UNIX_NAMES);
	return error;
}

void tap_close(struct tap *tap)
{
	if (!tap)
		return;
	probes_end(&tap->probes);
	replaced_restore(tap);
	mysql_wire_bpf__destroy(tap->skeleton);
	free(tap);
}
