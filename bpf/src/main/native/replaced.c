/* SPDX-License-Identifier: Apache-2.0 */
#include "replaced.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

/* A link goes some time after its name, and until then its program can't have another. */
#define PATIENCE_MS 1000

static int path_of(char path[PATH_MAX], const char *links, const char *beside,
		   const struct bpf_program *program)
{
	int length = snprintf(path, PATH_MAX, "%s%s/%s", links, beside, bpf_program__name(program));

	return length < PATH_MAX ? 0 : -ENAMETOOLONG;
}

int replaced_keep(struct tap *tap, int slot, const struct bpf_program *next, const char *links)
{
	char path[PATH_MAX];
	int fd, error = path_of(path, links, "/../programs", next);

	if (error)
		return error;
	if (!tap->replaced_links)
		tap->replaced_links = strdup(links);
	if (!tap->replaced_links)
		return -ENOMEM;
	fd = bpf_obj_get(path);
	if (fd < 0 && errno != ENOENT)
		return -errno;
	tap->replaced[slot] = (struct replaced_program){.program = fd, .next = next};
	return 0;
}

int replaced_detach(struct tap *tap, int slot)
{
	struct replaced_program *replaced = &tap->replaced[slot];
	char path[PATH_MAX];
	int error;

	if (!replaced->next)
		return 0;
	error = path_of(path, tap->replaced_links, "", replaced->next);
	if (error)
		return error;
	if (unlink(path))
		return errno == ENOENT ? 0 : -errno;
	replaced->how = DETACHED;
	return 0;
}

void replaced_updated(struct tap *tap, int slot)
{
	if (tap->replaced[slot].next)
		tap->replaced[slot].how = UPDATED;
}

/* A link or a negative errno. */
static int attach_again(const struct replaced_program *replaced)
{
	enum bpf_attach_type type = bpf_program__expected_attach_type(replaced->next);
	int link = bpf_link_create(replaced->program, 0, type, NULL);

	for (int ms = 0; link == -EBUSY && ms < PATIENCE_MS; ms++) {
		usleep(1000);
		link = bpf_link_create(replaced->program, 0, type, NULL);
	}
	return link;
}

static void attach_and_pin(const struct tap *tap, const struct replaced_program *replaced)
{
	char path[PATH_MAX];
	int link;

	if (replaced->program < 0 || path_of(path, tap->replaced_links, "", replaced->next))
		return;
	link = attach_again(replaced);
	if (link < 0)
		return;
	bpf_obj_pin(link, path);
	close(link);
}

void replaced_restore(struct tap *tap)
{
	for (int slot = 0; slot < TAP_LINKS; slot++) {
		struct replaced_program *replaced = &tap->replaced[slot];

		if (replaced->next && replaced->how == UPDATED && replaced->program >= 0)
			bpf_link_update(bpf_link__fd(tap->links[slot]), replaced->program, NULL);
		bpf_link__destroy(tap->links[slot]);
		tap->links[slot] = NULL;
	}
	/* When all of the others are detached. */
	for (int slot = 0; slot < TAP_LINKS; slot++)
		if (tap->replaced[slot].next && tap->replaced[slot].how == DETACHED)
			attach_and_pin(tap, &tap->replaced[slot]);
	replaced_forget(tap);
}

void replaced_forget(struct tap *tap)
{
	for (int slot = 0; slot < TAP_LINKS; slot++) {
		if (tap->replaced[slot].next && tap->replaced[slot].program >= 0)
			close(tap->replaced[slot].program);
		tap->replaced[slot].next = NULL;
	}
	free(tap->replaced_links);
	tap->replaced_links = NULL;
}
