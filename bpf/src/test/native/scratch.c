/* SPDX-License-Identifier: Apache-2.0 */
#include "scratch.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void require(int result, const char *what)
{
	if (result >= 0)
		return;
	perror(what);
	exit(1);
}

static void make_directory(char *path, size_t room, const char *parent, const char *name)
{
	snprintf(path, room, "%s/%s", parent, name);
	require(mkdir(path, 0700), path);
}

/* Ends with the child's exit status, all of it removed. */
static void remove_after(pid_t child, struct scratch *scratch, const char *hierarchy,
			 const char *bpf)
{
	int status = 1;

	waitpid(child, &status, 0);
	close(scratch->cgroup_fd);
	rmdir(scratch->cgroup);
	umount2(hierarchy, MNT_DETACH);
	umount2(bpf, MNT_DETACH);
	rmdir(hierarchy);
	rmdir(bpf);
	require(rmdir(scratch->directory), scratch->directory);
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
}

void scratch_make(struct scratch *scratch)
{
	char hierarchy[96], bpf[96], name[32];
	pid_t child;

	snprintf(scratch->directory, sizeof(scratch->directory), "/tmp/mysql-wire-test-XXXXXX");
	if (!mkdtemp(scratch->directory))
		require(-1, scratch->directory);
	require(unshare(CLONE_NEWNS), "a mount namespace");
	require(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), "a private mount namespace");
	make_directory(hierarchy, sizeof(hierarchy), scratch->directory, "cgroup");
	make_directory(bpf, sizeof(bpf), scratch->directory, "bpf");
	require(mount("none", hierarchy, "cgroup2", 0, NULL), "a cgroup v2 hierarchy");
	require(mount("none", bpf, "bpf", 0, NULL), "a BPF file system");
	snprintf(name, sizeof(name), "mysql-wire-test-%d", getpid());
	make_directory(scratch->cgroup, sizeof(scratch->cgroup), hierarchy, name);
	scratch->cgroup_fd = open(scratch->cgroup, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	require(scratch->cgroup_fd, scratch->cgroup);
	make_directory(scratch->pins, sizeof(scratch->pins), bpf, "pins");
	make_directory(scratch->maps, sizeof(scratch->maps), scratch->pins, "maps");
	make_directory(scratch->programs, sizeof(scratch->programs), scratch->pins, "programs");
	make_directory(scratch->links, sizeof(scratch->links), scratch->pins, "links");
	make_directory(scratch->next_programs, sizeof(scratch->next_programs), scratch->pins,
		       "programs-new");
	make_directory(scratch->next_links, sizeof(scratch->next_links), scratch->pins,
		       "links-new");
	child = fork();
	require(child, "fork");
	if (child)
		remove_after(child, scratch, hierarchy, bpf);
}
