/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Where the bytes of a socket call are in the process's memory, once it is about to return. */
#ifndef MYSQL_WIRE_BYTES_TAKEN_H
#define MYSQL_WIRE_BYTES_TAKEN_H

#include "kernel.h"

/*
 * Address of the bytes that a call has sent or received, 0 when they are not in one piece: mysqld
 * has one buffer.
 */
static __always_inline u64 bytes_taken(struct msghdr *msg, u32 taken)
{
	struct iov_iter *iter = &msg->msg_iter;
	u64 offset = iter->iov_offset;
	struct iovec___kernel piece = {};
	u64 iov, ubuf;

	if (bpf_core_enum_value_exists(enum iter_type, ITER_UBUF) &&
	    iter->iter_type == bpf_core_enum_value(enum iter_type, ITER_UBUF)) {
		bpf_core_read(&ubuf, sizeof(ubuf), &iter->ubuf);
		return offset >= taken ? ubuf + offset - taken : 0;
	}
	if (iter->iter_type != bpf_core_enum_value(enum iter_type, ITER_IOVEC))
		return 0;
	if (bpf_core_field_exists(iter->__iov))
		bpf_core_read(&iov, sizeof(iov), &iter->__iov);
	else
		bpf_core_read(&iov, sizeof(iov), &((struct iov_iter___before_6_4 *)iter)->iov);
	/* A buffer taken to its end is left behind: iov_iter_advance() in lib/iov_iter.c. */
	if (offset == 0)
		iov -= sizeof(piece);
	if (bpf_probe_read_kernel(&piece, sizeof(piece), (void *)iov))
		return 0;
	if (offset == 0)
		offset = piece.iov_len;
	return offset >= taken ? (u64)piece.iov_base + offset - taken : 0;
}

#endif
