/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * A mysqld begins to run, as the tracing tap sees it: some time before it listens, and also where
 * another process listens for it (systemd's sockets) or it takes no TCP connections at all.
 */
#ifndef MYSQL_WIRE_EXEC_BPF_H
#define MYSQL_WIRE_EXEC_BPF_H

#include "listeners.bpf.h"

SEC("tp_btf/sched_process_exec")
int BPF_PROG(server_starts)
{
	if (current_mysqld())
		server_changed();
	return 0;
}

#endif
