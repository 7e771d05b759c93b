/* SPDX-License-Identifier: Apache-2.0 */
/* The life of the kernel programs: open, configure, load, attach, close. No JNI in here. */
#ifndef MYSQL_WIRE_TAP_H
#define MYSQL_WIRE_TAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout.h"
#include "probes.h"
#include "mysql_wire.skel.h"

struct tap_config {
	uint16_t ports[MAX_PORTS]; /* 0 ends the list */
	uint8_t ipv4_mask[16];     /* over the address as IPv4-mapped IPv6 */
	uint8_t ipv6_mask[16];
	bool users;
	bool proxy_protocol;
	bool tracing;
	bool within_cgroup; /* tracing: the cgroup is not the root */
	bool tls;           /* tracing: encrypted connections are read */
	bool watch_servers; /* also the ports that mysqld processes listen on */
	uint32_t max_backends;
	uint32_t max_refused; /* on top of them; 1 at least */
	uint32_t max_connections;
	uint32_t max_errors;
};

/* Besides copies, the tracing tap has two programs for each of fsync() and fdatasync(). */
#define FSYNC_PROGRAMS 4

/* And for unix-domain sockets: four copies for what is sent and received, two for begin and end. */
#define UNIX_PROGRAMS 12

/* Places in tap.links: commands and closes, then responses, then these. */
#define FSYNC_LINKS (2 + COPIES)
#define UNIX_LINKS  (FSYNC_LINKS + FSYNC_PROGRAMS)

/* Functions whose programs have copies, with walkers behind them. */
#define WALKED_FUNCTIONS 3

/* Then the program that sees mysqld listen, and the one that sees it begin to run. */
#define LISTENS_LINK (UNIX_LINKS + UNIX_PROGRAMS)
#define STARTS_LINK  (LISTENS_LINK + 1)

#define TAP_LINKS (STARTS_LINK + 1)

/* A program that one of this tap takes the place of: see replaced.h. */
struct replaced_program {
	const struct bpf_program *next; /* which one; NULL: there is none to be replaced */
	int program;                    /* a descriptor; -1: it has no name */
	enum { ATTACHED, DETACHED, UPDATED } how;
};

struct tap {
	struct mysql_wire_bpf *skeleton;
	struct bpf_program *commands;          /* the programs chosen for this kernel and tap */
	struct bpf_program *responses[COPIES]; /* as many as there are, then NULL */
	struct bpf_program *closes;
	struct bpf_program *fsyncs[FSYNC_PROGRAMS];      /* NULL with the cgroup tap */
	struct bpf_program *unix_sockets[UNIX_PROGRAMS]; /* the same */
	struct walkers {
		struct bpf_program *programs[COPIES]; /* by copy */
		struct bpf_map *array; /* where the copies find them; NULL with the cgroup tap */
	} walkers[WALKED_FUNCTIONS];
	struct probes probes; /* none without tls */
	struct bpf_program *listens;
	struct bpf_program *starts; /* NULL with the cgroup tap */
	struct bpf_link *links[TAP_LINKS];
	struct replaced_program replaced[TAP_LINKS]; /* by place in links */
	char *replaced_links;                        /* where their links are pinned */
	const struct bpf_program *refused;           /* of tap_attach(), when it failed */
	bool reuses; /* maps that were pinned before: they are filled already */
};

/* The last complaint of libbpf in this thread, cleared by tap_open(). Never NULL. */
const char *tap_complaint(void);

void tap_forget_complaint(void);

/* Returns NULL when there is no memory, or the object is not to be opened. */
struct tap *tap_open(void);

/* All return 0 or a negative errno. */
int tap_load(struct tap *tap, const struct tap_config *config);

/*
 * pinned: directory of pinned links that are to run these programs from now on, without a packet in
 * between that none sees or both; NULL when there are none. Of the tracing tap, whose links can't
 * be changed, both are attached afterwards, which counts nothing twice: what one of them has walked
 * the other finds seen.
 */
int tap_attach(struct tap *tap, int cgroup_fd, const char *pinned);

/* Attaches to a cgroup in the place of one that was removed, and its links with it. */
int tap_attach_again(struct tap *tap, int cgroup_fd);

/*
 * Detaches what is not pinned, unloads and frees; tap may be NULL. Unless pins_write() has
 * succeeded the programs that this tap's took the place of run again.
 */
void tap_close(struct tap *tap);

#endif
