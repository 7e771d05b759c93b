/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the native library does when memory or descriptors run out: every call that may fail for
 * want of them fails in turn (faults.h), on maps and programs of the real kernel. Each time there
 * is an errno, no descriptor is left open and no memory is lost (AddressSanitizer), and what is
 * done next works. Needs root.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <sanitizer/lsan_interface.h>

#include "faults.h"
#include "pins.h"
#include "scratch.h"
#include "snapshot.h"

/* Room for what is read here, bytes. */
#define SNAPSHOT (1024 * 1024)

/* Everything that a reader sees. */
struct everything {
	long elements[READABLE_MAPS];
	char bytes[SNAPSHOT];
	int programs;
};

static struct everything expected, seen;

static struct tap_config config = {
	.ports = {1},
	.max_backends = 16,
	.max_refused = 2,
	.max_connections = 16,
	.max_errors = 4096,
};

static void fail(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fprintf(stderr, " (errno %d, libbpf: %s)\n", errno, tap_complaint());
	exit(1);
}

static int open_descriptors(void)
{
	DIR *directory = opendir("/proc/self/fd");
	int n = 0;

	while (directory && readdir(directory))
		n++;
	if (directory)
		closedir(directory);
	return n;
}

static long read_all(struct reader *reader, struct everything *all)
{
	size_t at = 0;

	memset(all, 0, sizeof(*all));
	for (size_t i = 0; i < READABLE_MAPS; i++) {
		struct readable_map *map = &reader->maps[i];

		if (map->fd < 0)
			continue;
		all->elements[i] = snapshot_read(reader, map, all->bytes + at, SNAPSHOT - at,
						 map->max_entries / map->stripes);
		if (all->elements[i] < 0)
			return all->elements[i];
		at += all->elements[i] * ((map->key_size + 7 & ~7) + (map->value_size + 7 & ~7));
	}
	while (all->programs < READABLE_PROGRAMS && reader->programs[all->programs].name[0])
		all->programs++;
	return 0;
}

static struct tap *tap;
static struct scratch scratch;

static long open_tap(struct reader **reader)
{
	return reader_of_tap(tap, reader);
}

static long open_pins(struct reader **reader)
{
	return reader_of_pins(scratch.pins, reader);
}

/* Opens a reader, reads everything, closes it. */
static long read_once(long (*open)(struct reader **))
{
	struct reader *reader = NULL;
	long error = open(&reader);

	if (error && reader)
		fail("a reader in spite of an error");
	if (!error)
		error = read_all(reader, &seen);
	reader_close(reader);
	return error;
}

static void expect_everything(const char *what)
{
	if (memcmp(&seen, &expected, sizeof(seen)))
		fail("%s: another snapshot", what);
}

static void check_leaks(const char *what, int call, int descriptors)
{
	if (open_descriptors() != descriptors)
		fail("%s, call %d (%s): %d descriptors more", what, call, faults_last(),
		     open_descriptors() - descriptors);
	if (__lsan_do_recoverable_leak_check())
		fail("%s, call %d (%s): memory is lost", what, call, faults_last());
}

/* Lets the calls of opening and reading fail one after the other, until none is left. */
static void opening(const char *what, long (*open)(struct reader **))
{
	int descriptors = open_descriptors(), call = 1;
	long error;

	for (;; call++) {
		faults_begin(call);
		error = read_once(open);
		if (!faults_end())
			break;
		if (error != -ENOMEM && error != -EMFILE)
			fail("%s, call %d (%s): %ld", what, call, faults_last(), error);
		check_leaks(what, call, descriptors);
		if (read_once(open))
			fail("%s: the next one is refused", what);
		expect_everything(what);
	}
	if (error)
		fail("%s: %ld", what, error);
	expect_everything(what);
	printf("%s: %d calls failed in turn\n", what, call - 1);
}

/* The same with a reader that stays open: what failed once works the next time. */
static void reading(const char *what)
{
	int descriptors = open_descriptors(), call = 1;
	bool failed = true;

	for (; failed; call++) {
		struct reader *reader = NULL;
		long error;

		if (open_pins(&reader))
			fail("%s: no reader", what);
		faults_begin(call);
		error = read_all(reader, &seen);
		failed = faults_end();
		if (failed ? error != -ENOMEM : error)
			fail("%s, call %d (%s): %ld", what, call, faults_last(), error);
		if (read_all(reader, &seen))
			fail("%s, call %d (%s): never again", what, call, faults_last());
		expect_everything(what);
		reader_close(reader);
		check_leaks(what, call, descriptors);
	}
	printf("%s: %d calls failed in turn\n", what, call - 2);
}

/* Elements in each map, more errors than are read at once, and records in several stripes. */
static void fill_maps(const struct mysql_wire_bpf *skeleton)
{
	for (uint32_t i = 0; i < config.max_errors; i++) {
		struct error_key error = {.backend = i % 5, .code = 1000 + i};
		uint64_t n = i;

		if (bpf_map_update_elem(bpf_map__fd(skeleton->maps.errors), &error, &n, BPF_ANY))
			fail("an error");
	}
	for (uint32_t i = 0; i < config.max_backends; i++) {
		struct mysql_identity identity = {.place.port = 1 + i};
		struct backend_counters counters = {.bytes = i};

		if (bpf_map_update_elem(bpf_map__fd(skeleton->maps.backend_ids), &identity, &i,
					BPF_ANY) ||
		    bpf_map_update_elem(bpf_map__fd(skeleton->maps.backend_counters), &i, &counters,
					BPF_ANY))
			fail("a backend");
	}
}

/* The program that a pinned link runs; 0 when there is no such link. */
static uint32_t running(const struct bpf_program *program)
{
	struct bpf_link_info info = {};
	__u32 size = sizeof(info);
	char path[256];
	int fd, error;

	snprintf(path, sizeof(path), "%s/%s", scratch.links, bpf_program__name(program));
	fd = bpf_obj_get(path);
	if (fd < 0)
		return 0;
	error = bpf_obj_get_info_by_fd(fd, &info, &size);
	close(fd);
	if (error)
		fail("%s", path);
	return info.prog_id;
}

static void remove_entries(const char *directory)
{
	DIR *entries = opendir(directory);
	struct dirent *entry;

	while (entries && (entry = readdir(entries)))
		if (entry->d_name[0] != '.')
			unlinkat(dirfd(entries), entry->d_name, 0);
	if (entries)
		closedir(entries);
}

/* Loads with the maps of what is pinned, ready to take its place. */
static struct tap *load_next(void)
{
	struct tap *next = tap_open();

	if (!next || pins_reuse(next, scratch.maps) || tap_load(next, &config))
		fail("the next programs don't load");
	return next;
}

static int take_place(struct tap *next)
{
	int error = tap_attach(next, scratch.cgroup_fd, scratch.links);

	return error ? error : pins_write(next, NULL, scratch.next_programs, scratch.next_links);
}

static void expect_running(const char *what, int call, const struct tap *any,
			   const uint32_t before[])
{
	struct bpf_program *program;
	int i = 0;

	bpf_object__for_each_program(program, any->skeleton->obj)
	{
		uint32_t now = running(program);

		if (now != before[i++])
			fail("%s, call %d (%s): %s is program %u, was %u", what, call,
			     faults_last(), bpf_program__name(program), now, before[i - 1]);
	}
}

/* Programs that can't take the place of others leave them as they were. */
static void replacing(const char *what)
{
	struct tap *names = tap_open();
	int descriptors = open_descriptors(), call = 1;
	uint32_t before[READABLE_PROGRAMS] = {};
	struct bpf_program *program;
	bool failed = true;
	int i = 0;

	bpf_object__for_each_program(program, names->skeleton->obj) before[i++] = running(program);
	for (; failed; call++) {
		struct tap *next = load_next();
		int error;

		faults_begin(call);
		error = take_place(next);
		failed = faults_end();
		if (failed && error != -ENOMEM && error != -EMFILE)
			fail("%s, call %d (%s): %d", what, call, faults_last(), error);
		if (!failed && error)
			fail("%s: %d", what, error);
		remove_entries(scratch.next_links);
		remove_entries(scratch.next_programs);
		tap_close(next);
		if (failed)
			expect_running(what, call, names, before);
		check_leaks(what, call, descriptors);
	}
	tap_close(names);
	printf("%s: %d calls failed in turn\n", what, call - 2);
}

int main(int arguments, char **argument)
{
	struct tap_description description = {.layout = LAYOUT_VERSION};
	uint32_t zero = 0;

	setlinebuf(stdout);
	config.tracing = arguments > 1 && !strcmp(argument[1], "tracing");
	scratch_make(&scratch);
	tap = tap_open();
	if (!tap || tap_load(tap, &config))
		fail("the programs don't load");
	if (bpf_map_update_elem(bpf_map__fd(tap->skeleton->maps.description), &zero, &description,
				BPF_ANY))
		fail("no description");
	fill_maps(tap->skeleton);
	if (tap_attach(tap, scratch.cgroup_fd, NULL) ||
	    pins_write(tap, scratch.maps, scratch.programs, scratch.links))
		fail("the programs can't be pinned");
	if (read_once(open_pins))
		fail("the maps can't be read");
	expected = seen;
	opening("a reader of a tap", open_tap);
	opening("a reader of pins", open_pins);
	reading("reading again");
	tap_close(
		tap); /* as the process ends that has loaded; a link that is open stays attached */
	replacing("taking the place of others");
	return 0;
}
