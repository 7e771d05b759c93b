/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * What an open connection shows of itself: its gauge.
 *
 * Either half changes what is to be shown, and mysqld may close the connection meanwhile. So all
 * writing is under the connection's lock: who comes last has read what the other half had done, and
 * nobody writes to a gauge that is another connection's by now.
 */
#ifndef MYSQL_WIRE_GAUGE_H
#define MYSQL_WIRE_GAUGE_H

#include "backend.bpf.h"
#include "waiting.h"

/* How commands in flight are written, see struct connection_gauge. */
static __always_inline u64 packed(const struct mysql_waiting *waiting)
{
	u64 time = (waiting->oldest + (1 << WAITING_TIME_SHIFT) - 1) >> WAITING_TIME_SHIFT;
	u64 word = (u64)waiting->commands << WAITING_COMMANDS_SHIFT | time;

	/* Else clang ends each branch of mysql_waiting() with a store of its own, and the verifier
	 * follows all of them to the end of the program: twice the instructions. */
	asm volatile("" : "+r"(word));
	return word;
}

/* Shows the connection as it is now. */
static __always_inline void update_gauge(struct tracked_connection *t)
{
	u32 slot = t->slot, index = slot - 1;
	struct connection_gauge *gauge = slot ? bpf_map_lookup_elem(&gauges, &index) : NULL;
	struct mysql_waiting waiting = {};

	if (!gauge)
		return;
	bpf_spin_lock(&t->guard);
	if (t->slot == slot) {
		mysql_waiting(&t->wire, &waiting);
		gauge->waiting = packed(&waiting);
		gauge->opaque = t->wire.opaque;
		/* While the handshake goes on it is not known. */
		if (read_tls && t->wire.opaque == OPAQUE_TLS + 1 && t->tls != TLS_GIVEN_UP)
			gauge->opaque = 0;
		if (!t->wire.opaque && !(t->wire.client.stream.synced &&
					 t->wire.server.stream.synced && !t->wire.server.blind))
			gauge->opaque = OPAQUE_DESYNCED + 1;
		if (t->known)
			gauge->backend = t->backend + 1;
	}
	bpf_spin_unlock(&t->guard);
}

static __always_inline void give_back(struct connection_gauge *gauge, u32 index)
{
	gauge->used = gauge->backend = 0;
	/* One gauge fewer from now on, if the stack's lock can't be had (queue_stack_maps.c). */
	if (bpf_map_push_elem(&free_gauges, &index, 0))
		count_lost(LOST_MEMORY, 1);
}

static __always_inline void note_used(u32 index)
{
	u32 zero = 0;
	struct gauges_used *used = bpf_map_lookup_elem(&gauges_used, &zero);

	if (!used)
		return;
	bpf_spin_lock(&used->guard);
	if (used->peak <= index)
		used->peak = index + 1;
	bpf_spin_unlock(&used->guard);
}

/* Takes a gauge; without one the connection is counted all the same. */
static __always_inline void open_gauge(struct tracked_connection *t)
{
	struct connection_gauge *gauge;
	u32 index;
	bool taken;

	if (bpf_map_pop_elem(&free_gauges, &index)) {
		count_lost(LOST_CONNECTIONS_FULL, 1);
		return;
	}
	gauge = bpf_map_lookup_elem(&gauges, &index);
	if (!gauge)
		return;
	gauge->backend = gauge->opaque = 0;
	gauge->waiting = 0;
	gauge->used = 1;
	note_used(index);
	bpf_spin_lock(&t->guard);
	/* The other half may have been faster, and so may mysqld: then nobody would give it back.
	 */
	taken = !t->slot && !t->closed;
	if (taken)
		t->slot = index + 1;
	bpf_spin_unlock(&t->guard);
	if (!taken)
		give_back(gauge, index);
}

/* Gives it back. The connection is marked as closed before, so that it takes none after. */
static __always_inline void close_gauge(struct tracked_connection *t)
{
	struct connection_gauge *gauge;
	u32 slot, index;

	bpf_spin_lock(&t->guard);
	slot = t->slot;
	t->slot = 0;
	bpf_spin_unlock(&t->guard);
	index = slot - 1;
	gauge = slot ? bpf_map_lookup_elem(&gauges, &index) : NULL;
	if (gauge)
		give_back(gauge, index);
}

#endif
