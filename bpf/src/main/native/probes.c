/* SPDX-License-Identifier: Apache-2.0 */
#include "probes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <bpf/bpf.h>

#include "uprobe.h"

const char *const probe_programs[SERVER_FUNCTIONS] = {
	"server_writes",
	"server_logs_in",
	"server_begins_command",
};

static int open_pin(const char *layout, const char *kind, const char *name)
{
	char path[PATH_MAX];
	int fd;

	if (snprintf(path, PATH_MAX, "%s/%s/%s", layout, kind, name) >= PATH_MAX)
		return -ENAMETOOLONG;
	fd = bpf_obj_get(path);
	return fd < 0 ? -errno : fd;
}

int probes_binary(const struct probes *probes, uint32_t index, struct server_binary *binary)
{
	return bpf_map_lookup_elem(probes->binaries, &index, binary) ? -errno : 0;
}

static int path_of_pin(const struct probes *probes, const struct server_binary *binary,
		       int function, char path[PATH_MAX])
{
	int length = snprintf(path, PATH_MAX, "%s/%llx-%llx-%s", probes->pins,
			      (unsigned long long)binary->device, (unsigned long long)binary->inode,
			      probe_programs[function]);

	return length < PATH_MAX ? 0 : -ENAMETOOLONG;
}

/* Frees the places of binaries whose links have no name any more. */
static void forget_unpinned(struct probes *probes)
{
	static const struct server_binary none;

	for (uint32_t i = 0; i < MAX_BINARIES; i++) {
		struct server_binary binary;
		char path[PATH_MAX];

		if (probes_binary(probes, i, &binary) || mysql_is_condemned(&binary))
			continue;
		if (binary.inode && !path_of_pin(probes, &binary, 0, path) && access(path, F_OK))
			bpf_map_update_elem(probes->binaries, &i, &none, BPF_ANY);
	}
}

int probes_open(struct probes *probes, const char *layout)
{
	int error = 0;

	memset(probes, 0, sizeof(*probes));
	for (int i = 0; i < SERVER_FUNCTIONS; i++)
		probes->programs[i] = -1;
	probes->binaries = -1;
	if (snprintf(probes->pins, PATH_MAX, "%s/tls", layout) >= PATH_MAX)
		return -ENAMETOOLONG;
	for (int i = 0; i < SERVER_FUNCTIONS && !error; i++) {
		probes->programs[i] = open_pin(layout, "programs", probe_programs[i]);
		error = probes->programs[i] < 0 ? probes->programs[i] : 0;
	}
	if (!error) {
		probes->binaries = open_pin(layout, "maps", "server_binaries");
		error = probes->binaries < 0 ? probes->binaries : 0;
	}
	if (error)
		probes_close(probes);
	else
		forget_unpinned(probes);
	return error;
}

void probes_close(struct probes *probes)
{
	for (int i = 0; i < SERVER_FUNCTIONS; i++)
		if (probes->programs[i] >= 0)
			close(probes->programs[i]);
	if (probes->binaries >= 0)
		close(probes->binaries);
}

/* A free index, or -EALREADY when the file is probed. */
static int find_place(const struct probes *probes, const struct stat *file)
{
	int place = -ENOSPC;

	for (uint32_t i = MAX_BINARIES; i-- > 0;) {
		struct server_binary binary;
		int error = probes_binary(probes, i, &binary);

		if (error)
			return error;
		if (binary.inode == file->st_ino && binary.device == file->st_dev)
			return -EALREADY;
		if (!binary.inode)
			place = (int)i;
	}
	return place;
}

static int pin(const struct probes *probes, const struct server_binary *binary, int function,
	       int link)
{
	char path[PATH_MAX];
	int error = path_of_pin(probes, binary, function, path);

	if (error)
		return error;
	unlink(path); /* of one that was not probed to the end */
	return bpf_obj_pin(link, path) ? -errno : 0;
}

static int attach_all(struct probes *probes, int fd, const struct server_functions *functions,
		      uint32_t index, const struct server_binary *binary)
{
	uint64_t cookie = (uint64_t)index << PROBE_BINARY_SHIFT;

	if (functions->mysql)
		cookie |= PROBE_MYSQL;
	for (int i = 0; i < SERVER_FUNCTIONS; i++) {
		int link = uprobe_attach(probes->programs[i], fd, functions->offsets[i], cookie);
		int error = link < 0 ? link : 0;

		if (!error && probes->pins[0]) {
			error = pin(probes, binary, i, link);
			close(link);
		} else if (!error) {
			probes->links[index][i] = link;
		}
		if (error)
			return error;
	}
	return 0;
}

/* From now on the kernel programs may judge the binary. */
static int note_probed(const struct probes *probes, uint32_t index)
{
	struct server_binary binary;
	struct timespec now;
	int error = probes_binary(probes, index, &binary);

	if (error)
		return error;
	if (clock_gettime(CLOCK_MONOTONIC, &now))
		return -errno;
	binary.since = (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
	return bpf_map_update_elem(probes->binaries, &index, &binary, BPF_ANY) ? -errno : 0;
}

static int attach_file(struct probes *probes, int fd)
{
	struct server_functions functions;
	struct server_binary binary = {};
	struct stat file;
	int index, error;

	if (fstat(fd, &file))
		return -errno;
	index = find_place(probes, &file);
	if (index < 0)
		return index;
	error = server_functions_find(fd, &functions);
	if (error)
		return error;
	binary.device = file.st_dev;
	binary.inode = file.st_ino;
	if (bpf_map_update_elem(probes->binaries, &index, &binary, BPF_ANY))
		return -errno;
	error = attach_all(probes, fd, &functions, (uint32_t)index, &binary);
	if (!error)
		error = note_probed(probes, (uint32_t)index);
	if (error)
		probes_detach(probes, (uint32_t)index);
	return error ? error : index;
}

int probes_attach(struct probes *probes, const char *binary)
{
	int fd = open(binary, O_RDONLY | O_CLOEXEC), index;

	if (fd < 0)
		return -errno;
	index = attach_file(probes, fd);
	close(fd);
	return index;
}

static int detach(struct probes *probes, uint32_t index, struct server_binary *binary)
{
	char path[PATH_MAX];
	int error = index < MAX_BINARIES ? probes_binary(probes, index, binary) : -EINVAL;

	if (error)
		return error;
	for (int i = 0; i < SERVER_FUNCTIONS; i++) {
		if (probes->links[index][i])
			close(probes->links[index][i]);
		probes->links[index][i] = 0;
		if (probes->pins[0] && !path_of_pin(probes, binary, i, path))
			unlink(path);
	}
	return 0;
}

static int give_back(const struct probes *probes, uint32_t index)
{
	static const struct server_binary none;

	return bpf_map_update_elem(probes->binaries, &index, &none, BPF_ANY) ? -errno : 0;
}

int probes_detach(struct probes *probes, uint32_t index)
{
	struct server_binary binary;
	int error = detach(probes, index, &binary);

	/* A condemned one keeps its place, so that nobody probes it again. */
	return error || mysql_is_condemned(&binary) ? error : give_back(probes, index);
}

int probes_forget(struct probes *probes, uint32_t index)
{
	struct server_binary binary;
	int error = detach(probes, index, &binary);

	return error ? error : give_back(probes, index);
}

void probes_end(struct probes *probes)
{
	for (int i = 0; i < MAX_BINARIES; i++)
		for (int function = 0; function < SERVER_FUNCTIONS; function++)
			if (probes->links[i][function])
				close(probes->links[i][function]);
	memset(probes->links, 0, sizeof(probes->links));
}
