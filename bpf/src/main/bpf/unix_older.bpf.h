/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Where a unix-domain connection is understood from, if not from its first byte on. */
#ifndef MYSQL_WIRE_UNIX_OLDER_H
#define MYSQL_WIRE_UNIX_OLDER_H

#include "unix_place.bpf.h"

/*
 * A connection from before the programs, of which mysqld has received the header of a command and
 * now its bytes: that it asked for as many says that it takes them for such.
 */
static __noinline bool join_older_unix(struct tracked_connection *t, struct sock *sk)
{
	struct mysql_place place = {};

	if (within_cgroup && bpf_current_task_under_cgroup(&watched_cgroup, 0) != 1)
		return false;
	if (!set_unix_place(&place, sk) ||
	    !initialise(t, &place, t->wire.client.stream.seen, 0, false))
		return false;
	backend_known(t, nameless_id(t, &t->arriving), false, false);
	connection_accepted(t);
	return true;
}

/*
 * Bytes received while it is not known what they mean. The servers ask for a header of 4 bytes, and
 * then for as many as it says (net_read_packet(), my_real_read()).
 *
 * Returns whether the client's half knows now what comes: a command.
 */
static __always_inline bool in_step(struct tracked_connection *t, struct sock *sk,
				    struct mysql_segment *segment, u64 bytes, u32 asked)
{
	struct unix_end *end = &t->unix_end;
	u32 header = end->header;
	bool begins = end->has_header && header >> 24 == 0 && asked && header == asked;

	end->has_header = asked == MYSQL_HEADER && segment->length == MYSQL_HEADER && !begins &&
			  !bpf_probe_read_user(&end->header, MYSQL_HEADER, (void *)bytes);
	if (begins && (t->initialised || join_older_unix(t, sk))) {
		mysql_client_begin(&t->wire, (u8 *)&header, segment->start);
		return true;
	}
	mysql_stream_fresh(&t->wire.client.stream, segment);
	return false;
}

#endif
