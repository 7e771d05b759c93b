/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Which processes are mysqld: those that send on a watched port. */
#ifndef MYSQL_WIRE_MYSQLD_PROCESS_H
#define MYSQL_WIRE_MYSQLD_PROCESS_H

#include "backend.bpf.h"

static __always_inline bool is_loopback(const u8 *address)
{
	const u32 *words = (const u32 *)address;

	if (is_ipv4_mapped(address))
		return address[12] == 127;
	return words[0] == 0 && words[1] == 0 && words[2] == 0 && words[3] == bpf_htonl(1);
}

static __always_inline struct mysqld_process *current_process(u64 flags)
{
	struct task_struct *task = bpf_get_current_task_btf();

	return bpf_task_storage_get(&mysqld_processes, task->group_leader, 0, flags);
}

/* The current process if it is one of them. */
static __always_inline struct mysqld_process *noted_process(void)
{
	struct mysqld_process *process = current_process(0);

	return process && process->noted ? process : NULL;
}

/*
 * Notes the current process under the local address of this connection. An address of loopback
 * gives way to the first other one: that is the one that clients' counters are under.
 */
static __noinline void note_process(struct tracked_connection *t)
{
	struct mysqld_process *process = current_process(BPF_LOCAL_STORAGE_GET_F_CREATE);
	struct mysql_place *place = &t->place;
	u64 now = bpf_ktime_get_ns();

	/* No memory, or another thread was faster: bpf_local_storage_update() does not say which.
	 */
	if (!process)
		process = current_process(BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (!process) {
		count_lost(LOST_MEMORY, 1);
		return;
	}
	bpf_spin_lock(&process->guard);
	if (!process->noted || (is_loopback(process->server) && !is_loopback(place->server))) {
		__builtin_memcpy(process->server, place->server, sizeof(process->server));
		process->port = place->port;
		process->zone = place->zone;
		process->namespace = place->namespace;
	}
	if (!process->noted)
		process->noted = now;
	bpf_spin_unlock(&process->guard);
	t->process_noted = 1;
}

#endif
