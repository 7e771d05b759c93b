/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Who a connection's counts go to: {server, backend, user} becomes a small number, once. */
#ifndef MYSQL_WIRE_BACKEND_H
#define MYSQL_WIRE_BACKEND_H

#include "maps.bpf.h"

static __always_inline bool is_ipv4_mapped(const u8 *address)
{
	const u32 *words = (const u32 *)address;

	return words[0] == 0 && words[1] == 0 && words[2] == bpf_htonl(0xffff);
}

static __always_inline void mask_backend(struct mysql_identity *identity)
{
	bool ipv4 = is_ipv4_mapped(identity->backend);

	for (int i = 0; i < 16; i++)
		identity->backend[i] &= ipv4 ? ipv4_mask[i] : ipv6_mask[i];
}

/* An id for a newcomer, unless another CPU gave it one just now. Returns 0 when none is left. */
static __always_inline u32 new_backend(struct mysql_identity *identity, void *free_ids)
{
	u32 id, *other;

	if (bpf_map_pop_elem(free_ids, &id))
		return 0;
	if (bpf_map_update_elem(&backend_ids, identity, &id, BPF_NOEXIST) == 0)
		return id;
	bpf_map_push_elem(free_ids, &id, 0);
	other = bpf_map_lookup_elem(&backend_ids, identity);
	return other ? *other : 0;
}

/*
 * The id that stands for all the backends of this server that found no id of their own. A
 * connection that got it keeps it.
 */
static __noinline u32 other_backend(struct mysql_connection *c)
{
	u32 *known;

	count_lost(LOST_BACKENDS_FULL, 1);
	c->identity.other = 1;
	__builtin_memset(c->identity.backend, 0, sizeof(c->identity.backend));
	__builtin_memset(c->identity.user, 0, sizeof(c->identity.user));
	known = bpf_map_lookup_elem(&backend_ids, &c->identity);
	return known ? *known : new_backend(&c->identity, &free_others);
}

/* The id of a connection's {server, backend, user}. */
static __noinline u32 backend_id(struct mysql_connection *c)
{
	u32 *known, id;

	if (!keep_users || c->identity.other)
		__builtin_memset(c->identity.user, 0, sizeof(c->identity.user));
	known = bpf_map_lookup_elem(&backend_ids, &c->identity);
	if (known)
		return *known;
	id = new_backend(&c->identity, &free_backends);
	return id ? id : other_backend(c);
}

static __always_inline struct connection_gauge *gauge_of(struct mysql_connection *c)
{
	u32 index = c->slot - 1;

	return c->slot ? bpf_map_lookup_elem(&gauges, &index) : NULL;
}

static __always_inline void set_backend(struct mysql_connection *c, u32 id)
{
	struct connection_gauge *gauge = gauge_of(c);

	c->backend = id;
	if (gauge)
		gauge->backend = id + 1;
}

static __always_inline struct tracked_connection *tracked(struct mysql_connection *c)
{
	return (void *)c - offsetof(struct tracked_connection, wire);
}

/*
 * From now on counts of the connection go to this backend. Both halves may come to know it at once:
 * a login crosses a refusal on the way.
 */
static __always_inline void backend_known(struct mysql_connection *c, u32 id, bool opened)
{
	struct tracked_connection *t = tracked(c);
	struct backend_counters *counters;
	bool first;

	bpf_spin_lock(&t->guard);
	first = !c->known;
	if (first)
		c->backend = id;
	c->known = 1;
	bpf_spin_unlock(&t->guard);
	if (!first)
		return;
	set_backend(c, id);
	counters = bpf_map_lookup_elem(&backend_counters, &id);
	if (counters && opened)
		count(&counters->opened, 1);
}

#endif
