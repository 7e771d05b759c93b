/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Programs whose pinned links have made room for those of another tap. They run again unless that
 * tap's are there to stay: half of each would count nothing that is right. No JNI in here.
 */
#ifndef MYSQL_WIRE_REPLACED_H
#define MYSQL_WIRE_REPLACED_H

#include "tap.h"

/*
 * Keeps the program that runs at a place of tap.links, pinned under the name of the one that comes,
 * in "programs" beside the directory of links; there need not be one. Returns 0 or a negative
 * errno.
 */
int replaced_keep(struct tap *tap, int slot, const struct bpf_program *next, const char *links);

/* Removes its pinned link, for the kernel can't make a tracing link run another program. */
int replaced_detach(struct tap *tap, int slot);

/* Its link, which is at the place in tap.links now, runs the one that comes. */
void replaced_updated(struct tap *tap, int slot);

/* Makes them run again and frees, as far as the kernel lets us. Closes links of the tap. */
void replaced_restore(struct tap *tap);

/* They are not needed any more. */
void replaced_forget(struct tap *tap);

#endif
