/* SPDX-License-Identifier: Apache-2.0 */
#include "uprobe.h"

#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/perf_event.h>
#include <bpf/bpf.h>

#define UPROBE_TYPE "/sys/bus/event_source/devices/uprobe/type"

/* The number that the kernel has for events of this kind. */
static int uprobe_type(void)
{
	FILE *file = fopen(UPROBE_TYPE, "re");
	int type;

	if (!file)
		return -errno;
	if (fscanf(file, "%d", &type) != 1)
		type = -EINVAL;
	fclose(file);
	return type;
}

/* A descriptor of the event that a function of the file is called, in whatever process. */
static int open_event(int fd, uint64_t offset)
{
	struct perf_event_attr attributes = {.size = sizeof(attributes)};
	char path[32];
	int type = uprobe_type(), event;

	if (type < 0)
		return type;
	/* The file that was looked at, whatever has its name by now. */
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	attributes.type = (uint32_t)type;
	attributes.config1 = (uintptr_t)path;
	attributes.config2 = offset;
	event = (int)syscall(SYS_perf_event_open, &attributes, -1, 0, -1, PERF_FLAG_FD_CLOEXEC);
	return event < 0 ? -errno : event;
}

int uprobe_attach(int program, int fd, uint64_t offset, uint64_t cookie)
{
	LIBBPF_OPTS(bpf_link_create_opts, options, .perf_event.bpf_cookie = cookie);
	int event = open_event(fd, offset), link;

	if (event < 0)
		return event;
	link = bpf_link_create(program, event, BPF_PERF_EVENT, &options);
	if (link < 0)
		link = -errno;
	close(event);
	return link;
}
