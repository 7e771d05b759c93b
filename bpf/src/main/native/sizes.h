/* SPDX-License-Identifier: Apache-2.0 */
/* How large the maps are made, and what kernel memory that takes. No JNI in here. */
#ifndef MYSQL_WIRE_SIZES_H
#define MYSQL_WIRE_SIZES_H

#include "tap.h"

/*
 * Sets the sizes of maps and what the programs have to know of them; to be called before they are
 * loaded. Maps of a tap that reuses them stay as they are.
 *
 * cpus: that are possible on the host
 *
 * Returns 0 or a negative errno.
 */
int sizes_set(struct tap *tap, const struct tap_config *config, int cpus);

/*
 * Bytes that maps of these sizes take in a kernel with so many possible CPUs; what is kept of a
 * connection comes on top.
 */
uint64_t sizes_memory(const struct tap *tap, int cpus);

#endif
