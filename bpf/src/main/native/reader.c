/* SPDX-License-Identifier: Apache-2.0 */
#include "reader.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "tap.h"

/* Sizes that a map of this layout has, bytes. */
static const struct {
	const char *name;
	uint32_t key, value;
	bool optional;
} readable[READABLE_MAPS] = {
	{"description", sizeof(uint32_t), sizeof(struct tap_description), false},
	{"backend_ids", sizeof(struct mysql_identity), sizeof(uint32_t), false},
	{"backend_counters", sizeof(uint32_t), sizeof(struct backend_counters), false},
	{"errors", sizeof(struct error_key), sizeof(uint64_t), false},
	{"lost", sizeof(uint32_t), sizeof(uint64_t), false},
	{"gauges", sizeof(uint32_t), sizeof(struct connection_gauge), false},
	{"gauges_used", sizeof(uint32_t), sizeof(struct gauges_used), false},
	{"listeners", sizeof(struct listener_key), sizeof(struct listener), false},
	{"server_changes", sizeof(uint32_t), sizeof(uint64_t), false},
	{"fsyncs", sizeof(struct fsync_key), sizeof(struct fsync_counters), true},
	{"unix_names", sizeof(struct unix_name), sizeof(uint32_t), true},
	{"server_binaries", sizeof(uint32_t), sizeof(struct server_binary), true},
};

int reader_may_open(const char *name)
{
	for (size_t i = 0; i < READABLE_MAPS; i++)
		if (strcmp(readable[i].name, name) == 0)
			return 1;
	return 0;
}

struct readable_map *reader_map(struct reader *reader, const char *name)
{
	for (size_t i = 0; i < READABLE_MAPS; i++)
		if (reader->maps[i].fd >= 0 && strcmp(reader->maps[i].name, name) == 0)
			return &reader->maps[i];
	return NULL;
}

int reader_program(const struct reader *reader, const char *name)
{
	for (size_t i = 0; i < READABLE_PROGRAMS && reader->programs[i].name[0]; i++)
		if (strcmp(reader->programs[i].name, name) == 0)
			return reader->programs[i].fd;
	return -1;
}

/* Takes the descriptor, which may be -errno for a map that is not there. */
static int take_map(struct reader *reader, size_t index, int fd)
{
	struct readable_map *map = &reader->maps[index];
	struct bpf_map_info info = {};
	__u32 size = sizeof(info);

	if (fd < 0)
		return fd == -ENOENT && readable[index].optional ? 0 : fd;
	map->fd = fd;
	if (bpf_obj_get_info_by_fd(fd, &info, &size))
		return -errno;
	map->key_size = info.key_size;
	map->value_size = info.value_size;
	map->max_entries = info.max_entries;
	if (info.key_size != readable[index].key || info.value_size != readable[index].value)
		return -EPROTO;
	return 0;
}

/*
 * Takes the descriptor, which may be -errno. A program's figures are worth having, and one that is
 * not for us to open, or was removed just now, is no reason to fail; want of memory or descriptors
 * is, for a reader without the program would go on without it.
 */
static int take_program(struct reader *reader, const char *name, int fd)
{
	size_t i = 0;

	if (fd == -EPERM || fd == -EACCES || fd == -ENOENT)
		return 0;
	if (fd < 0)
		return fd;
	while (i < READABLE_PROGRAMS && reader->programs[i].name[0])
		i++;
	if (i == READABLE_PROGRAMS) {
		close(fd);
		return 0;
	}
	snprintf(reader->programs[i].name, sizeof(reader->programs[i].name), "%s", name);
	reader->programs[i].fd = fd;
	return 0;
}

static struct reader *reader_new(void)
{
	struct reader *reader = calloc(1, sizeof(*reader));

	if (!reader)
		return NULL;
	for (size_t i = 0; i < READABLE_MAPS; i++) {
		reader->maps[i].name = readable[i].name;
		reader->maps[i].fd = -1;
		reader->maps[i].stripes = 1;
	}
	return reader;
}

/* There is a record for each id in each stripe, and one id that is not in backend_ids. */
static int find_stripes(struct reader *reader)
{
	uint32_t ids = reader_map(reader, "backend_ids")->max_entries + 1;
	struct readable_map *counters = reader_map(reader, "backend_counters");

	counters->stripes = counters->max_entries / ids;
	return counters->stripes ? 0 : -EPROTO;
}

static int finish(struct reader *reader, int error, struct reader **result)
{
	if (!error)
		error = find_stripes(reader);
	*result = error ? NULL : reader;
	if (error)
		reader_close(reader);
	return error;
}

/* A descriptor or -errno. */
static int duplicate(int fd)
{
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);

	return copy < 0 ? -errno : copy;
}

int reader_of_tap(const struct tap *tap, struct reader **result)
{
	struct reader *reader = reader_new();
	struct bpf_program *program;
	int error = 0;

	if (!reader)
		return -ENOMEM;
	for (size_t i = 0; i < READABLE_MAPS && !error; i++) {
		struct bpf_map *map =
			bpf_object__find_map_by_name(tap->skeleton->obj, readable[i].name);
		int fd = map ? bpf_map__fd(map) : -1;

		error = take_map(reader, i, fd < 0 ? -ENOENT : duplicate(fd));
	}
	bpf_object__for_each_program(program, tap->skeleton->obj)
	{
		int fd = bpf_program__fd(program);

		if (fd >= 0 && !error)
			error = take_program(reader, bpf_program__name(program), duplicate(fd));
	}
	return finish(reader, error, result);
}

static int open_pin(const char *directory, const char *kind, const char *name, uint32_t flags)
{
	LIBBPF_OPTS(bpf_obj_get_opts, options, .file_flags = flags);
	char path[PATH_MAX];
	int fd;

	if (snprintf(path, sizeof(path), "%s/%s/%s", directory, kind, name) >= (int)sizeof(path))
		return -ENAMETOOLONG;
	fd = bpf_obj_get_opts(path, &options);
	return fd < 0 ? -errno : fd;
}

/* Those that there are; none when their directory is not for us. */
static int open_programs(struct reader *reader, const char *directory)
{
	char path[PATH_MAX];
	struct dirent *entry;
	DIR *programs;
	int error = 0;

	if (snprintf(path, sizeof(path), "%s/programs", directory) >= (int)sizeof(path))
		return -ENAMETOOLONG;
	programs = opendir(path);
	if (!programs)
		return errno == EACCES || errno == ENOENT ? 0 : -errno;
	while (!error && (entry = readdir(programs)))
		if (entry->d_name[0] != '.')
			error = take_program(
				reader, entry->d_name,
				open_pin(directory, "programs", entry->d_name, BPF_F_RDONLY));
	closedir(programs);
	return error;
}

/* Whether the maps say of themselves that they are of this layout. */
static int check_description(struct reader *reader)
{
	struct tap_description description;
	uint32_t zero = 0;

	if (bpf_map_lookup_elem(reader_map(reader, "description")->fd, &zero, &description))
		return -errno;
	return description.layout == LAYOUT_VERSION ? 0 : -EPROTO;
}

int reader_of_pins(const char *directory, struct reader **result)
{
	struct reader *reader = reader_new();
	int error = 0;

	if (!reader)
		return -ENOMEM;
	for (size_t i = 0; i < READABLE_MAPS && !error; i++)
		error = take_map(reader, i,
				 open_pin(directory, "maps", readable[i].name, BPF_F_RDONLY));
	if (!error)
		error = check_description(reader);
	if (!error)
		error = open_programs(reader, directory);
	return finish(reader, error, result);
}

void reader_close(struct reader *reader)
{
	if (!reader)
		return;
	for (size_t i = 0; i < READABLE_MAPS; i++)
		if (reader->maps[i].fd >= 0)
			close(reader->maps[i].fd);
	for (size_t i = 0; i < READABLE_PROGRAMS && reader->programs[i].name[0]; i++)
		close(reader->programs[i].fd);
	free(reader->scratch);
	free(reader);
}
