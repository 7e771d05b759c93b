/* SPDX-License-Identifier: Apache-2.0 */
/* Maps, programs and links with names in a BPF file system, where they outlive the process. No JNI
 * in here. */
#ifndef MYSQL_WIRE_PINS_H
#define MYSQL_WIRE_PINS_H

#include "tap.h"

/* The source of a BPF file system that we mounted, as /proc/self/mountinfo shows it. */
#define OUR_MOUNT "mysql-wire-exporter"

/* All return 0 or a negative errno. Directories have to exist. */

/* Mounts a BPF file system on a directory, unless it is in one. Anybody may look for names in it.
 */
int pins_mount(const char *directory);

/* Makes the tap use the pinned maps of a directory in place of new ones; to be called before
 * tap_load(). */
int pins_reuse(struct tap *tap, const char *maps);

/* Each under its own name; maps may be NULL: they are pinned already. */
int pins_write(struct tap *tap, const char *maps, const char *programs, const char *links);

#endif
