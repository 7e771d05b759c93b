/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "sizes.h"

static _Thread_local char complaint[1024];

const char *tap_complaint(void)
{
	return complaint;
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

	complaint[0] = 0;
	libbpf_set_print(keep_complaint);
	if (!tap)
		return NULL;
	tap->skeleton = mysql_wire_bpf__open();
	if (tap->skeleton)
		return tap;
	tap_close(tap);
	return NULL;
}

/* Before 5.17 there is no bpf_loop(): other programs do the same there (before_5_17.bpf.h). */
static void choose_programs(struct tap *tap, bool tracing)
{
	struct mysql_wire_bpf *skeleton = tap->skeleton;
	struct bpf_program *sent[RESPONSE_PROGRAMS] = {
		skeleton->progs.response_sent,
		skeleton->progs.response_sent_2,
		skeleton->progs.response_sent_3,
		skeleton->progs.response_sent_4,
	};
	bool loops = libbpf_probe_bpf_helper(BPF_PROG_TYPE_CGROUP_SKB, BPF_FUNC_loop, NULL) == 1;

	tap->commands =
		loops ? skeleton->progs.command_arrives : skeleton->progs.command_arrives_bounded;
	tap->responses[0] =
		loops ? skeleton->progs.response_leaves : skeleton->progs.response_leaves_bounded;
	tap->closes = skeleton->progs.connection_closes;
	bpf_program__set_autoload(skeleton->progs.command_arrives, false);
	bpf_program__set_autoload(skeleton->progs.response_leaves, false);
	bpf_program__set_autoload(tap->commands, true);
	bpf_program__set_autoload(tap->responses[0], !tracing);
	for (size_t i = 0; i < RESPONSE_PROGRAMS; i++) {
		bpf_program__set_autoload(sent[i], tracing);
		if (tracing)
			tap->responses[i] = sent[i];
	}
}

/* The tracing tap times fsyncs. Without it their maps are not made: 5.10 has no task storage. */
static int choose_fsync_programs(struct tap *tap, bool tracing)
{
	struct mysql_wire_bpf *skeleton = tap->skeleton;
	struct bpf_program *programs[FSYNC_PROGRAMS] = {
		skeleton->progs.fsync_called,
		skeleton->progs.fsync_returned,
		skeleton->progs.fdatasync_called,
		skeleton->progs.fdatasync_returned,
	};
	struct bpf_map *maps[] = {
		skeleton->maps.mysqld_processes,
		skeleton->maps.fsync_calls,
		skeleton->maps.fsyncs,
	};
	int error = 0;

	for (size_t i = 0; i < FSYNC_PROGRAMS; i++) {
		bpf_program__set_autoload(programs[i], tracing);
		if (tracing)
			tap->fsyncs[i] = programs[i];
	}
	for (size_t i = 0; i < sizeof(maps) / sizeof(maps[0]) && !error; i++)
		error = bpf_map__set_autocreate(maps[i], tracing);
	return error;
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
	skeleton->rodata->tracing = config->tracing;
	skeleton->rodata->within_cgroup = config->within_cgroup;
	choose_programs(tap, config->tracing);
	return choose_fsync_programs(tap, config->tracing);
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
	if (error || tap->reuses)
		return error;
	/* Id 0 is OTHER_BACKEND; then come those set aside, then everybody's. */
	error = fill(skeleton->maps.free_others, 1, OTHER_BACKENDS);
	if (!error)
		error = fill_backends(skeleton, config);
	if (!error)
		error = fill(skeleton->maps.free_gauges, 0, config->max_connections);
	return error;
}

static int link_to(struct tap *tap, int slot, struct bpf_link *link)
{
	if (!link)
		return -errno;
	tap->links[slot] = link;
	return 0;
}

/* The path of a program's pinned link, in memory of the caller; false when there can't be any. */
static bool pinned_link(char path[PATH_MAX], const char *pinned, const struct bpf_program *program)
{
	return pinned &&
	       snprintf(path, PATH_MAX, "%s/%s", pinned, bpf_program__name(program)) < PATH_MAX;
}

static int attach_fsyncs(struct tap *tap, const char *pinned)
{
	char path[PATH_MAX];
	int error = 0;

	/* Two programs at the begin of one call would take the second for the next call. */
	for (int i = 0; i < FSYNC_PROGRAMS && tap->fsyncs[i]; i++)
		if (pinned_link(path, pinned, tap->fsyncs[i]))
			unlink(path);
	for (int i = 0; i < FSYNC_PROGRAMS && tap->fsyncs[i] && !error; i++)
		error = link_to(tap, FSYNC_LINKS + i, bpf_program__attach(tap->fsyncs[i]));
	return error;
}

/* Attaches to the cgroup, or makes a pinned link run the program instead of the one it has. */
static int attach_cgroup(struct tap *tap, int slot, struct bpf_program *program, int cgroup_fd,
			 const char *pinned)
{
	struct bpf_link *link = NULL;
	char path[PATH_MAX];
	int error;

	if (pinned_link(path, pinned, program)) {
		link = bpf_link__open(path);
		/* One that is there but can't be opened counts on: another beside it would count
		 * twice. */
		if (!link && errno != ENOENT)
			return -errno;
	}
	if (!link)
		return link_to(tap, slot, bpf_program__attach_cgroup(program, cgroup_fd));
	error = bpf_link__update_program(link, program);
	if (!error)
		return link_to(tap, slot, link);
	bpf_link__destroy(link);
	return error;
}

/* Responses: to functions of the kernel, if that is what the programs are for, or to the cgroup. */
static int attach_responses(struct tap *tap, int cgroup_fd, const char *pinned)
{
	bool tracing = tap->responses[0] == tap->skeleton->progs.response_sent;
	uint32_t zero = 0;
	int error = 0;

	if (tracing && bpf_map_update_elem(bpf_map__fd(tap->skeleton->maps.watched_cgroup), &zero,
					   &cgroup_fd, BPF_ANY))
		return -errno;
	for (int i = 0; i < RESPONSE_PROGRAMS && tap->responses[i] && !error; i++)
		error = tracing ? link_to(tap, 2 + i, bpf_program__attach(tap->responses[i]))
				: attach_cgroup(tap, 2 + i, tap->responses[i], cgroup_fd, pinned);
	return error;
}

int tap_attach(struct tap *tap, int cgroup_fd, const char *pinned)
{
	int error;

	complaint[0] = 0;
	/* Before any process is noted: of a noted one no beginning may be missed. */
	error = attach_fsyncs(tap, pinned);
	/* Answers first: a command seen without its answer would wait for ever. */
	if (!error)
		error = attach_responses(tap, cgroup_fd, pinned);
	if (!error)
		error = attach_cgroup(tap, 0, tap->closes, cgroup_fd, pinned);
	if (!error)
		error = attach_cgroup(tap, 1, tap->commands, cgroup_fd, pinned);
	return error;
}

void tap_close(struct tap *tap)
{
	if (!tap)
		return;
	for (size_t i = 0; i < sizeof(tap->links) / sizeof(tap->links[0]); i++)
		bpf_link__destroy(tap->links[i]);
	mysql_wire_bpf__destroy(tap->skeleton);
	free(tap);
}
