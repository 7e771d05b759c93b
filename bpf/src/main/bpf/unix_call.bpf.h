/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Tells one call of mysqld from the next, where no position in the stream does. */
#ifndef MYSQL_WIRE_UNIX_CALL_H
#define MYSQL_WIRE_UNIX_CALL_H

#include "bytes_taken.bpf.h"
#include "maps.bpf.h"

/*
 * Whether no other copy of the program has read the bytes of this call, see walker.bpf.h.
 *
 * There is no position that the kernel knows, so a call is told by what it has in common with no
 * other: a copy runs once in each, and two that look alike and follow on each other have the thread
 * neither wait nor send or receive another number of bytes between. Within one call all copies see
 * the same, so no bytes are read twice. They are missed if all copies that are free now were not
 * free in such a call just before.
 */
static __always_inline bool is_new_call(struct unix_call *last, u32 copy, struct msghdr *msg,
					u32 length)
{
	u64 bytes = bytes_taken(msg, length);
	u64 waits = bpf_get_current_task_btf()->nvcsw;
	bool same = last->message == (u64)msg && last->waits == waits && last->bytes == bytes &&
		    last->length == length;

	if (same && last->generation != generation)
		return false;
	if (same && !(last->copies & 1 << copy)) {
		last->copies |= 1 << copy;
		return false;
	}
	last->message = (u64)msg;
	last->waits = waits;
	last->bytes = bytes;
	last->length = length;
	last->generation = generation;
	last->copies = 1 << copy;
	return true;
}

#endif
