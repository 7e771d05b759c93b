/* SPDX-License-Identifier: Apache-2.0 */
#include "programs.h"

#include <errno.h>
#include <stdio.h>

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>

/* Before 5.17 there is no bpf_loop(): other programs do the same there (before_5_17.bpf.h). */
void programs_choose(struct tap *tap, bool tracing)
{
	struct mysql_wire_bpf *skeleton = tap->skeleton;
	struct bpf_program *sent[COPIES] = {
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
	tap->listens = skeleton->progs.server_listens;
	tap->starts = tracing ? skeleton->progs.server_starts : NULL;
	bpf_program__set_autoload(skeleton->progs.server_starts, tracing);
	bpf_program__set_autoload(skeleton->progs.command_arrives, false);
	bpf_program__set_autoload(skeleton->progs.response_leaves, false);
	bpf_program__set_autoload(tap->commands, true);
	bpf_program__set_autoload(tap->responses[0], !tracing);
	for (size_t i = 0; i < COPIES; i++) {
		bpf_program__set_autoload(sent[i], tracing);
		if (tracing)
			tap->responses[i] = sent[i];
	}
}

/* The tracing tap times fsyncs. Without it their maps are not made: 5.10 has no task storage. */
int programs_choose_fsync(struct tap *tap, bool tracing)
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
		skeleton->maps.fsyncs_in_flight,
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

/* The tracing tap reads unix-domain sockets: in the order in which the programs are attached. */
int programs_choose_unix(struct tap *tap, bool tracing)
{
	struct mysql_wire_bpf *skeleton = tap->skeleton;
	struct bpf_program *programs[UNIX_PROGRAMS] = {
		skeleton->progs.unix_sent_1,     skeleton->progs.unix_sent_2,
		skeleton->progs.unix_sent_3,     skeleton->progs.unix_sent_4,
		skeleton->progs.unix_received_1, skeleton->progs.unix_received_2,
		skeleton->progs.unix_received_3, skeleton->progs.unix_received_4,
		skeleton->progs.unix_released_1, skeleton->progs.unix_released_2,
		skeleton->progs.unix_accepted_1, skeleton->progs.unix_accepted_2,
	};
	int error;

	for (size_t i = 0; i < UNIX_PROGRAMS; i++) {
		bpf_program__set_autoload(programs[i], tracing);
		if (tracing)
			tap->unix_sockets[i] = programs[i];
	}
	bpf_program__set_autoload(skeleton->progs.unix_sockets_before, tracing);
	error = bpf_map__set_autocreate(skeleton->maps.unix_names, tracing);
	return error ? error : bpf_map__set_autocreate(skeleton->maps.free_unix_names, tracing);
}

/*
 * Whether programs may have a stack for each CPU: mainline 6.13, and kernels that have it from
 * there (bpf_enable_priv_stack(), kernel/bpf/verifier.c). One that can't be asked may.
 */
static bool has_private_stacks(void)
{
	struct btf *kernel = btf__load_vmlinux_btf();
	bool has = !kernel || btf__find_by_name_kind(kernel, "priv_stack_mode", BTF_KIND_ENUM) > 0;

	btf__free(kernel);
	return has;
}

int programs_choose_walkers(struct tap *tap, bool tracing)
{
	const char *const functions[WALKED_FUNCTIONS] = {"response_sent", "unix_sent",
							 "unix_received"};
	struct mysql_wire_bpf *skeleton = tap->skeleton;
	struct bpf_map *arrays[WALKED_FUNCTIONS] = {
		skeleton->maps.tcp_walkers,
		skeleton->maps.unix_sent_walkers,
		skeleton->maps.unix_received_walkers,
	};
	int loaded = !tracing ? 0 : has_private_stacks() ? COPIES : 1;
	int error = 0;

	for (int i = 0; i < WALKED_FUNCTIONS && !error; i++) {
		struct walkers *walkers = &tap->walkers[i];

		for (int copy = 0; copy < COPIES; copy++) {
			char name[64];

			snprintf(name, sizeof(name), "walk_%s_%d", functions[i], copy + 1);
			walkers->programs[copy] =
				bpf_object__find_program_by_name(skeleton->obj, name);
			bpf_program__set_autoload(walkers->programs[copy], copy < loaded);
		}
		error = bpf_map__set_autocreate(arrays[i], tracing);
		walkers->array = tracing ? arrays[i] : NULL;
	}
	return error;
}

int programs_place_walkers(const struct tap *tap)
{
	for (int i = 0; i < WALKED_FUNCTIONS && tap->walkers[i].array; i++)
		for (uint32_t copy = 0; copy < COPIES; copy++) {
			struct bpf_program *const *programs = tap->walkers[i].programs;
			bool own = bpf_program__autoload(programs[copy]);
			int program = bpf_program__fd(programs[own ? copy : 0]);

			if (bpf_map_update_elem(bpf_map__fd(tap->walkers[i].array), &copy, &program,
						BPF_ANY))
				return -errno;
		}
	return 0;
}

int programs_choose_probes(struct tap *tap, bool tls)
{
	for (int i = 0; i < SERVER_FUNCTIONS; i++) {
		struct bpf_program *program =
			bpf_object__find_program_by_name(tap->skeleton->obj, probe_programs[i]);

		bpf_program__set_autoload(program, tls);
	}
	return bpf_map__set_autocreate(tap->skeleton->maps.server_threads, tls);
}

void programs_take_probes(struct tap *tap)
{
	for (int i = 0; i < SERVER_FUNCTIONS; i++) {
		struct bpf_program *program =
			bpf_object__find_program_by_name(tap->skeleton->obj, probe_programs[i]);

		tap->probes.programs[i] =
			bpf_program__autoload(program) ? bpf_program__fd(program) : -1;
	}
	tap->probes.binaries = bpf_map__fd(tap->skeleton->maps.server_binaries);
}
