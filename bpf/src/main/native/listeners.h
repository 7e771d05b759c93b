/* SPDX-License-Identifier: Apache-2.0 */
/* Sockets that servers listened on before the programs could see it. No JNI in here. */
#ifndef MYSQL_WIRE_LISTENERS_H
#define MYSQL_WIRE_LISTENERS_H

#include "tap.h"

/*
 * Adds one to those that the programs know, unless they have seen it come themselves. Returns 0 or
 * a negative errno.
 */
int listeners_add(struct tap *tap, const struct listener_key *key, uint32_t process);

/* Removes one that was added, and none that the programs have seen come. The same. */
int listeners_remove(struct tap *tap, const struct listener_key *key);

#endif
