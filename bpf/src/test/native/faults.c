/* SPDX-License-Identifier: Apache-2.0 */
#include "faults.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stddef.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

static int left; /* calls up to the one that fails, that one included; 0: none does */
static bool failed;
static const char *last = "";

void faults_begin(int call)
{
	left = call;
	failed = false;
}

bool faults_end(void)
{
	left = 0;
	return failed;
}

const char *faults_last(void)
{
	return last;
}

static bool fails(const char *name, int error)
{
	if (!left || --left)
		return false;
	failed = true;
	last = name;
	errno = error;
	return true;
}

#define WRAP(type, name, failure, error, parameters, arguments)                                    \
	type __real_##name parameters;                                                             \
	type __wrap_##name parameters;                                                             \
	type __wrap_##name parameters                                                              \
	{                                                                                          \
		return fails(#name, error) ? failure : __real_##name arguments;                    \
	}

WRAP(void *, malloc, NULL, ENOMEM, (size_t size), (size))
WRAP(void *, calloc, NULL, ENOMEM, (size_t n, size_t size), (n, size))
WRAP(void *, realloc, NULL, ENOMEM, (void *memory, size_t size), (memory, size))
WRAP(char *, strdup, NULL, ENOMEM, (const char *text), (text))
WRAP(DIR *, opendir, NULL, EMFILE, (const char *path), (path))
WRAP(int, bpf_obj_get, -1, EMFILE, (const char *path), (path))
WRAP(int, bpf_obj_get_opts, -1, EMFILE, (const char *path, const struct bpf_obj_get_opts *opts),
     (path, opts))
WRAP(int, bpf_obj_get_info_by_fd, -1, ENOMEM, (int fd, void *info, __u32 *size), (fd, info, size))
WRAP(int, bpf_obj_pin, -1, ENOMEM, (int fd, const char *path), (fd, path))
WRAP(int, bpf_map_lookup_elem, -1, ENOMEM, (int fd, const void *key, void *value), (fd, key, value))
WRAP(int, bpf_map_update_elem, -1, ENOMEM,
     (int fd, const void *key, const void *value, __u64 flags), (fd, key, value, flags))
WRAP(int, bpf_map_lookup_batch, -1, ENOMEM,
     (int fd, void *in, void *out, void *keys, void *values, __u32 *count,
      const struct bpf_map_batch_opts *opts),
     (fd, in, out, keys, values, count, opts))
WRAP(struct bpf_link *, bpf_program__attach, NULL, ENOMEM, (const struct bpf_program *program),
     (program))
WRAP(struct bpf_link *, bpf_program__attach_cgroup, NULL, ENOMEM,
     (const struct bpf_program *program, int cgroup_fd), (program, cgroup_fd))
WRAP(int, bpf_link__update_program, -ENOMEM, ENOMEM,
     (struct bpf_link * link, struct bpf_program *program), (link, program))
WRAP(struct bpf_link *, bpf_link__open, NULL, EMFILE, (const char *path), (path))

int __real_fcntl(int fd, int command, ...);
int __wrap_fcntl(int fd, int command, ...);

/* Duplicating is what may fail. */
int __wrap_fcntl(int fd, int command, ...)
{
	va_list arguments;
	long argument;

	va_start(arguments, command);
	argument = va_arg(arguments, long);
	va_end(arguments);
	if (command == F_DUPFD_CLOEXEC && fails("fcntl", EMFILE))
		return -1;
	return __real_fcntl(fd, command, argument);
}
