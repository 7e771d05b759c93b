/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * Members of kernel structures that are read, and nothing else of them: CO-RE finds their offsets
 * on the running kernel, so neither kernel headers nor a vmlinux.h are needed.
 */
#ifndef MYSQL_WIRE_KERNEL_H
#define MYSQL_WIRE_KERNEL_H

#include "protocol.h"
#include <stdbool.h>
#include <stddef.h>
#include <linux/bpf.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_endian.h>

#define AF_INET  2
#define AF_INET6 10

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct sock_common {
	u16 skc_family;
	u16 skc_num; /* local port, host order */
	__be32 skc_daddr;
	__be32 skc_rcv_saddr;
	struct in6_addr skc_v6_daddr;
	struct in6_addr skc_v6_rcv_saddr;
};

struct sock {
	struct sock_common __sk_common;
};

struct tcp_sock {
	u32 write_seq; /* position after the last byte that mysqld handed over */
	/* Where both streams began: tcp_snd_una_update(), tcp_rcv_nxt_update(),
	 * net/ipv4/tcp_input.c. */
	u32 snd_una;
	u64 bytes_acked;
	u32 rcv_nxt;
	u64 bytes_received;
};

struct iovec___kernel {
	void *iov_base;
	unsigned long iov_len;
};

/* include/linux/uio.h of 6.4 on, with ITER_UBUF (6.0). */
struct iov_iter {
	u8 iter_type;
	unsigned long iov_offset;
	unsigned long count;
	const struct iovec___kernel *__iov;
	void *ubuf;
	unsigned long nr_segs;
};

/* Up to 6.3. */
struct iov_iter___before_6_4 {
	const struct iovec___kernel *iov;
};

struct msghdr {
	struct iov_iter msg_iter;
};

enum iter_type {
	ITER_UBUF,
	ITER_IOVEC,
};

#pragma clang attribute pop

#endif
