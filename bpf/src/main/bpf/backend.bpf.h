/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Who counts go to: {server, backend, user} becomes a small number, once. */
#ifndef MYSQL_WIRE_BACKEND_H
#define MYSQL_WIRE_BACKEND_H

#include "maps.bpf.h"

static __always_inline bool is_ipv4_mapped(const u8 *address)
{
	const u32 *words = (const u32 *)address;

	return words[0] == 0 && words[1] == 0 && words[2] == bpf_htonl(0xffff);
}

static __always_inline bool is_link_local(const u8 *address)
{
	return address[0] == 0xfe && (address[1] & 0xc0) == 0x80;
}

/* An interface that no address needs would make two keys of one label. */
static __always_inline void keep_zone_if_meant(struct mysql_place *place)
{
	if (!is_link_local(place->server) && !is_link_local(place->backend))
		place->zone = 0;
}

static __always_inline void mask_backend(struct mysql_place *place)
{
	bool ipv4 = is_ipv4_mapped(place->backend);

	for (int i = 0; i < 16; i++)
		place->backend[i] &= ipv4 ? ipv4_mask[i] : ipv6_mask[i];
}

static __always_inline void forget_user(struct mysql_identity *identity)
{
	identity->place.cut = 0;
	__builtin_memset(identity->user, 0, sizeof(identity->user));
}

/* Who the client of a connection is before it has a name. */
static __always_inline void set_nameless(struct mysql_identity *identity,
					 struct tracked_connection *t)
{
	bpf_spin_lock(&t->guard);
	__builtin_memcpy(&identity->place, &t->place, sizeof(t->place));
	bpf_spin_unlock(&t->guard);
	forget_user(identity);
}

/* An id for a newcomer, unless another CPU gave it one just now. Returns 0 when none is left. */
static __always_inline u32 new_backend(struct mysql_identity *identity, void *free_ids)
{
	u32 id, *other;

	if (bpf_map_pop_elem(free_ids, &id))
		return 0;
	if (bpf_map_update_elem(&backend_ids, identity, &id, BPF_NOEXIST) == 0)
		return id;
	/* One id fewer from now on, if the stack's lock can't be had (queue_stack_maps.c). */
	if (bpf_map_push_elem(free_ids, &id, 0))
		count_lost(LOST_MEMORY, 1);
	other = bpf_map_lookup_elem(&backend_ids, identity);
	return other ? *other : 0;
}

/* The id that stands for all the backends of this server that found no id of their own. */
static __always_inline u32 other_backend(struct mysql_identity *identity)
{
	u32 *known;

	count_lost(LOST_BACKENDS_FULL, 1);
	identity->place.other = 1;
	__builtin_memset(identity->place.backend, 0, sizeof(identity->place.backend));
	keep_zone_if_meant(&identity->place);
	forget_user(identity);
	known = bpf_map_lookup_elem(&backend_ids, identity);
	return known ? *known : new_backend(identity, &free_others);
}

/*
 * The id of an account that mysqld has let in, or of an address without a name: what nobody can
 * make up.
 */
static __noinline u32 backend_id(struct mysql_identity *identity)
{
	u32 *known = bpf_map_lookup_elem(&backend_ids, identity), id;

	if (known)
		return *known;
	id = new_backend(identity, &free_backends);
	return id ? id : other_backend(identity);
}

/*
 * The id of an account that mysqld has refused. Whoever reaches the port can make up names, so
 * there is little room for those that were never let in, and past it the address counts without a
 * name.
 */
static __noinline u32 refused_id(struct mysql_identity *identity)
{
	u32 *known = bpf_map_lookup_elem(&backend_ids, identity), id = 0;

	if (known)
		return *known;
	if (identity->user[0])
		id = new_backend(identity, &free_refused);
	if (id)
		return id;
	forget_user(identity);
	return backend_id(identity);
}

/* The id of a client that has no name, or none that mysqld knows. */
static __noinline u32 nameless_id(struct tracked_connection *t, struct mysql_identity *scratch)
{
	set_nameless(scratch, t);
	return backend_id(scratch);
}

#endif
