/* SPDX-License-Identifier: Apache-2.0 */
/* A program at a place in a file, for whatever process runs it. No JNI in here. */
#ifndef MYSQL_WIRE_UPROBE_H
#define MYSQL_WIRE_UPROBE_H

#include <stdint.h>

/*
 * Attaches where the file's bytes at this offset are executed. Returns a link, which holds all it
 * needs, or a negative errno.
 *
 * cookie: what the program finds with bpf_get_attach_cookie()
 */
int uprobe_attach(int program, int fd, uint64_t offset, uint64_t cookie);

#endif
