/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Probes on the functions of servers' binaries, for all processes that run them, now or later. They
 * are the programs of server_functions.bpf.h, each with a link of its own. No JNI in here.
 */
#ifndef MYSQL_WIRE_PROBES_H
#define MYSQL_WIRE_PROBES_H

#include <limits.h>
#include <stdint.h>

#include "layout.h"
#include "server_functions.h"

/* Names of the programs, in the order of enum server_function. */
extern const char *const probe_programs[SERVER_FUNCTIONS];

/* What is needed to probe: of a loaded tap, or opened from pins. */
struct probes {
	int programs[SERVER_FUNCTIONS];            /* descriptors; -1: none */
	int binaries;                              /* of the map server_binaries; -1: none */
	int links[MAX_BINARIES][SERVER_FUNCTIONS]; /* descriptors, 0: none */
	char pins[PATH_MAX]; /* directory where links are pinned; empty: they end with this */
};

/*
 * Opens those pinned: programs/ and maps/ of a layout's directory, links in its tls/. Returns 0 or
 * a negative errno; -ENOENT when encrypted connections are not read there.
 */
int probes_open(struct probes *probes, const char *layout);

/* Closes the descriptors of probes_open(). */
void probes_close(struct probes *probes);

/*
 * Probes a binary. Returns its index, or -EALREADY, -ENOEXEC, -ENOENT as server_functions_find(),
 * -ENOSPC when MAX_BINARIES are probed, or what the kernel says.
 */
int probes_attach(struct probes *probes, const char *binary);

/*
 * Takes the probes off a binary, by its index. One that is condemned is known as such from then on.
 * Returns 0 or a negative errno.
 */
int probes_detach(struct probes *probes, uint32_t index);

/* The same of a binary that no process runs: of a condemned one nothing is known either. */
int probes_forget(struct probes *probes, uint32_t index);

/* Takes away all links that are not pinned. */
void probes_end(struct probes *probes);

/* Returns 0 and the binary of an index, or a negative errno; one whose inode is 0 is none. */
int probes_binary(const struct probes *probes, uint32_t index, struct server_binary *binary);

#endif
