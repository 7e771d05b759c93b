/* SPDX-License-Identifier: Apache-2.0 */
/* tap_attach(): where the programs run, and in which order they begin. */
#include "replaced.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

/* Takes the link of a program, which may be NULL with errno. */
static int link_to(struct tap *tap, int slot, const struct bpf_program *program,
		   struct bpf_link *link)
{
	if (!link) {
		tap->refused = program;
		return -errno;
	}
	tap->links[slot] = link;
	return 0;
}

static int attach_fsyncs(struct tap *tap, const char *pinned)
{
	int error = 0;

	for (int i = 0; i < FSYNC_PROGRAMS && pinned && tap->fsyncs[i] && !error; i++)
		error = replaced_keep(tap, FSYNC_LINKS + i, tap->fsyncs[i], pinned);
	/* Two programs at the begin of one call would take the second for the next call. */
	for (int i = 0; i < FSYNC_PROGRAMS && !error; i++)
		error = replaced_detach(tap, FSYNC_LINKS + i);
	for (int i = 0; i < FSYNC_PROGRAMS && tap->fsyncs[i] && !error; i++)
		error = link_to(tap, FSYNC_LINKS + i, tap->fsyncs[i],
				bpf_program__attach(tap->fsyncs[i]));
	return error;
}

/* The pinned link of a program, in *link; NULL when there is none. Returns 0 or a negative errno.
 */
static int open_link(const struct bpf_program *program, const char *pinned, struct bpf_link **link)
{
	char path[PATH_MAX];

	*link = NULL;
	if (!pinned)
		return 0;
	if (snprintf(path, PATH_MAX, "%s/%s", pinned, bpf_program__name(program)) >= PATH_MAX)
		return -ENAMETOOLONG;
	*link = bpf_link__open(path);
	/* One that is there but can't be opened counts on: another beside it would count twice. */
	return *link || errno == ENOENT ? 0 : -errno;
}

static int attach_anew(struct tap *tap, int slot, struct bpf_program *program, int cgroup_fd)
{
	bpf_link__destroy(tap->links[slot]);
	tap->links[slot] = NULL;
	return link_to(tap, slot, program, bpf_program__attach_cgroup(program, cgroup_fd));
}

/* Attaches to the cgroup, or makes a pinned link run the program instead of the one it has. */
static int attach_cgroup(struct tap *tap, int slot, struct bpf_program *program, int cgroup_fd,
			 const char *pinned)
{
	struct bpf_link *link;
	int error = open_link(program, pinned, &link);

	if (error)
		return error;
	if (!link)
		return link_to(tap, slot, program, bpf_program__attach_cgroup(program, cgroup_fd));
	tap->links[slot] = link;
	error = replaced_keep(tap, slot, program, pinned);
	if (!error)
		error = bpf_link__update_program(link, program);
	if (!error)
		replaced_updated(tap, slot);
	/* Its cgroup was removed, and the kernel detached it then (cgroup_bpf_replace()). */
	if (error == -ENOLINK)
		error = attach_anew(tap, slot, program, cgroup_fd);
	return error;
}

static bool is_tracing(const struct tap *tap)
{
	return tap->responses[0] == tap->skeleton->progs.response_sent;
}

/* Has the connections noted that there were before. */
static int find_unix_sockets(struct tap *tap)
{
	struct bpf_program *program = tap->skeleton->progs.unix_sockets_before;
	struct bpf_link *link = bpf_program__attach_iter(program, NULL);
	int error = 0, fd;
	char none[64];

	if (!link) {
		tap->refused = program;
		return -errno;
	}
	fd = bpf_iter_create(bpf_link__fd(link));
	if (fd < 0)
		error = -errno;
	while (!error && fd >= 0) {
		ssize_t n = read(fd, none, sizeof(none));

		if (n == 0)
			break;
		if (n < 0 && errno != EAGAIN && errno != EINTR)
			error = -errno;
	}
	if (fd >= 0)
		close(fd);
	bpf_link__destroy(link);
	return error;
}

/*
 * Connections are noted when they are accepted: last, so that of a noted one nothing is missed. The
 * older ones follow.
 */
static int attach_unix(struct tap *tap)
{
	int error = 0;

	for (int i = 0; i < UNIX_PROGRAMS && tap->unix_sockets[i] && !error; i++)
		error = link_to(tap, UNIX_LINKS + i, tap->unix_sockets[i],
				bpf_program__attach(tap->unix_sockets[i]));
	if (!error && tap->unix_sockets[0])
		error = find_unix_sockets(tap);
	return error;
}

/* Tells the tracing tap's programs which cgroup they are to watch. */
static int watch(struct tap *tap, int cgroup_fd)
{
	uint32_t zero = 0;

	return bpf_map_update_elem(bpf_map__fd(tap->skeleton->maps.watched_cgroup), &zero,
				   &cgroup_fd, BPF_ANY)
		       ? -errno
		       : 0;
}

/* Responses: to functions of the kernel, if that is what the programs are for, or to the cgroup. */
static int attach_responses(struct tap *tap, int cgroup_fd, const char *pinned)
{
	bool tracing = is_tracing(tap);
	int error = tracing ? watch(tap, cgroup_fd) : 0;

	for (int i = 0; i < COPIES && tap->responses[i] && !error; i++)
		error = tracing ? link_to(tap, 2 + i, tap->responses[i],
					  bpf_program__attach(tap->responses[i]))
				: attach_cgroup(tap, 2 + i, tap->responses[i], cgroup_fd, pinned);
	return error;
}

int tap_attach(struct tap *tap, int cgroup_fd, const char *pinned)
{
	int error;

	tap_forget_complaint();
	tap->refused = NULL;
	/* Before any process is noted: of a noted one no beginning may be missed. */
	error = attach_fsyncs(tap, pinned);
	/* Answers first: a command seen without its answer would wait for ever. */
	if (!error)
		error = attach_responses(tap, cgroup_fd, pinned);
	if (!error)
		error = attach_unix(tap);
	if (!error)
		error = attach_cgroup(tap, 0, tap->closes, cgroup_fd, pinned);
	if (!error)
		error = attach_cgroup(tap, LISTENS_LINK, tap->listens, cgroup_fd, pinned);
	if (!error && tap->starts)
		error = link_to(tap, STARTS_LINK, tap->starts, bpf_program__attach(tap->starts));
	if (!error)
		error = attach_cgroup(tap, 1, tap->commands, cgroup_fd, pinned);
	return error;
}

int tap_attach_again(struct tap *tap, int cgroup_fd)
{
	int error;

	tap_forget_complaint();
	error = is_tracing(tap) ? watch(tap, cgroup_fd)
				: attach_anew(tap, 2, tap->responses[0], cgroup_fd);
	if (!error)
		error = attach_anew(tap, 0, tap->closes, cgroup_fd);
	if (!error)
		error = attach_anew(tap, LISTENS_LINK, tap->listens, cgroup_fd);
	if (!error)
		error = attach_anew(tap, 1, tap->commands, cgroup_fd);
	return error;
}
