/* SPDX-License-Identifier: Apache-2.0 */
/* Which programs are loaded: by the kernel and the tap. No JNI in here. */
#ifndef MYSQL_WIRE_PROGRAMS_H
#define MYSQL_WIRE_PROGRAMS_H

#include "tap.h"

/* Those of commands and responses. */
void programs_choose(struct tap *tap, bool tracing);

/* Those of fsync and fdatasync, with their maps. Returns 0 or a negative errno. */
int programs_choose_fsync(struct tap *tap, bool tracing);

/* Those of unix-domain sockets, with their maps. Returns 0 or a negative errno. */
int programs_choose_unix(struct tap *tap, bool tracing);

/* Those behind copies (walker.bpf.h), with their arrays. Returns 0 or a negative errno. */
int programs_choose_walkers(struct tap *tap, bool tracing);

/* Puts them there, once they are loaded. Returns 0 or a negative errno. */
int programs_place_walkers(const struct tap *tap);

/* Those of servers' functions, with what they leave for threads. Returns 0 or a negative errno. */
int programs_choose_probes(struct tap *tap, bool tls);

/* Notes them, once they are loaded, in tap->probes. */
void programs_take_probes(struct tap *tap);

#endif
