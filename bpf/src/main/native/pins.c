/* SPDX-License-Identifier: Apache-2.0 */
#include "pins.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <linux/magic.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "replaced.h"

int pins_mount(const char *directory)
{
	struct statfs in;

	if (statfs(directory, &in))
		return -errno;
	if ((unsigned long)in.f_type == BPF_FS_MAGIC)
		return 0;
	if (mount(OUR_MOUNT, directory, "bpf", MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=0755"))
		return -errno;
	return 0;
}

/* The path of a pin, in memory of the caller; 0 or -ENAMETOOLONG. */
static int path_of(char path[PATH_MAX], const char *directory, const char *name)
{
	return snprintf(path, PATH_MAX, "%s/%s", directory, name) < PATH_MAX ? 0 : -ENAMETOOLONG;
}

/* .rodata and the like belong to one loading of the programs, and so do arrays of them. */
static bool is_shared(const struct bpf_map *map)
{
	return !bpf_map__is_internal(map) && bpf_map__autocreate(map) &&
	       bpf_map__type(map) != BPF_MAP_TYPE_PROG_ARRAY;
}

int pins_reuse(struct tap *tap, const char *maps)
{
	struct bpf_map *map;

	bpf_object__for_each_map(map, tap->skeleton->obj)
	{
		char path[PATH_MAX];
		int fd, error;

		if (!is_shared(map))
			continue;
		error = path_of(path, maps, bpf_map__name(map));
		if (error)
			return error;
		fd = bpf_obj_get(path);
		if (fd < 0 && errno == ENOENT)
			continue; /* as fsyncs with the cgroup tap */
		if (fd < 0)
			return -errno;
		error = bpf_map__reuse_fd(map, fd);
		close(fd);
		if (error)
			return error;
	}
	tap->reuses = true;
	return 0;
}

static int pin(int fd, const char *directory, const char *name)
{
	char path[PATH_MAX];
	int error = path_of(path, directory, name);

	if (error)
		return error;
	return bpf_obj_pin(fd, path) ? -errno : 0;
}

static int pin_maps(const struct tap *tap, const char *directory)
{
	struct bpf_map *map;
	int error = 0;

	bpf_object__for_each_map(map, tap->skeleton->obj)
	{
		if (!error && is_shared(map))
			error = pin(bpf_map__fd(map), directory, bpf_map__name(map));
	}
	return error;
}

static int pin_attached(const struct tap *tap, int slot, const struct bpf_program *program,
			const char *programs, const char *links)
{
	const char *name = bpf_program__name(program);
	int error = pin(bpf_program__fd(program), programs, name);

	return error ? error : pin(bpf_link__fd(tap->links[slot]), links, name);
}

int pins_write(struct tap *tap, const char *maps, const char *programs, const char *links)
{
	int error = maps ? pin_maps(tap, maps) : 0;

	if (!error)
		error = pin_attached(tap, 0, tap->closes, programs, links);
	if (!error)
		error = pin_attached(tap, 1, tap->commands, programs, links);
	for (int i = 0; i < COPIES && tap->responses[i] && !error; i++)
		error = pin_attached(tap, 2 + i, tap->responses[i], programs, links);
	for (int i = 0; i < FSYNC_PROGRAMS && tap->fsyncs[i] && !error; i++)
		error = pin_attached(tap, FSYNC_LINKS + i, tap->fsyncs[i], programs, links);
	for (int i = 0; i < UNIX_PROGRAMS && tap->unix_sockets[i] && !error; i++)
		error = pin_attached(tap, UNIX_LINKS + i, tap->unix_sockets[i], programs, links);
	for (int i = 0; i < WALKED_FUNCTIONS && tap->walkers[i].array && !error; i++)
		error = pin(bpf_map__fd(tap->walkers[i].array), programs,
			    bpf_map__name(tap->walkers[i].array));
	for (int i = 0; i < SERVER_FUNCTIONS && tap->skeleton->rodata->read_tls && !error; i++)
		error = pin(tap->probes.programs[i], programs, probe_programs[i]);
	if (!error)
		error = pin_attached(tap, LISTENS_LINK, tap->listens, programs, links);
	if (!error && tap->starts)
		error = pin_attached(tap, STARTS_LINK, tap->starts, programs, links);
	if (!error)
		replaced_forget(tap);
	return error;
}
