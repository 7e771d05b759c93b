/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Where a connection through a unix-domain socket is: the name that mysqld listens at. */
#ifndef MYSQL_WIRE_UNIX_PLACE_H
#define MYSQL_WIRE_UNIX_PLACE_H

#include "connection.bpf.h"

/* Bytes of a struct sockaddr_un before its path. */
#define UNIX_FAMILY_BYTES 2

/* Reads the name that an accepted socket shares with the listening one; false when it has none. */
static __always_inline bool read_unix_name(struct unix_name *name, struct sock *sk)
{
	struct unix_sock *u = bpf_skc_to_unix_sock(sk);
	struct unix_address *address;
	u32 length, bytes;

	if (!u)
		return false;
	address = u->addr;
	if (!address)
		return false;
	length = address->len - UNIX_FAMILY_BYTES;
	bytes = length < UNIX_NAME_MAX ? length : UNIX_NAME_MAX;
	/* Bounds that one before 6.8 does not learn from "not 0". */
	bytes--;
	asm volatile("" : "+r"(bytes));
	if (bytes >= UNIX_NAME_MAX)
		return false;
	if (bpf_probe_read_kernel(name->bytes, bytes + 1, address->name[0].sun_path))
		return false;
	/* The NUL behind a path is none of its bytes. */
	name->length = name->bytes[0] ? length - 1 : length;
	return true;
}

/* A number for a new name, unless another CPU gave it one just now; 0 when none is left. */
static __always_inline u32 new_unix_number(struct unix_name *name)
{
	u32 number, *other;

	if (bpf_map_pop_elem(&free_unix_names, &number))
		return 0;
	if (bpf_map_update_elem(&unix_names, name, &number, BPF_NOEXIST) == 0)
		return number;
	/* One number fewer from now on, if the stack's lock can't be had (queue_stack_maps.c). */
	if (bpf_map_push_elem(&free_unix_names, &number, 0))
		count_lost(LOST_MEMORY, 1);
	other = bpf_map_lookup_elem(&unix_names, name);
	return other ? *other : 0;
}

/*
 * The place of an accepted socket; false when it has no name. All whose names found no number share
 * the number 0, the server "other".
 */
static __noinline bool set_unix_place(struct mysql_place *place, struct sock *sk)
{
	struct unix_name name = {};
	u32 *known, number;

	if (!read_unix_name(&name, sk))
		return false;
	known = bpf_map_lookup_elem(&unix_names, &name);
	number = known ? *known : new_unix_number(&name);
	if (!number) {
		count_lost(LOST_BACKENDS_FULL, 1);
		return true;
	}
	*(u32 *)place->server = number;
	place->namespace = namespace_of(sk);
	return true;
}

#endif
