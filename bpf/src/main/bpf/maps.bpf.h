/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Maps and knobs. Sizes marked "knob" are set by the loader before the programs are loaded. */
#ifndef MYSQL_WIRE_MAPS_H
#define MYSQL_WIRE_MAPS_H

#include "kernel.h"
#include "file_class.h"
#include "layout.h"
#include "tracked_connection.bpf.h"

/* Set before load. The verifier takes them for constants and drops the branches not taken. */
const volatile u16 watched_ports[MAX_PORTS] = {3306};
const volatile u8 watch_servers = 0; /* and every port that a mysqld listens on */
const volatile u8 ipv4_mask[16] = {};
const volatile u8 ipv6_mask[16] = {};
const volatile u8 keep_users = 1;
const volatile u8 proxy_protocol = 0; /* backends are those that a load balancer names */
const volatile u8 tracing = 0;        /* the tap is the tracing one */
const volatile u8 within_cgroup = 0;  /* tracing tap: watch one cgroup, not the host */
const volatile u8 read_tls = 0;       /* tracing tap: encrypted connections are read */
const volatile u32 stripes = 1;       /* of backend_counters, a power of two */
const volatile u32 generation = 0;    /* tells these programs from those that they replace */

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096 + 512 + OTHER_BACKENDS); /* knob */
	__type(key, struct mysql_identity);
	__type(value, u32);
} backend_ids SEC(".maps");

/* Ids free to be given out, filled by the loader. */
struct {
	__uint(type, BPF_MAP_TYPE_STACK);
	__uint(max_entries, 4096); /* knob */
	__type(value, u32);
} free_backends SEC(".maps");

/* The same for accounts that were refused. */
struct {
	__uint(type, BPF_MAP_TYPE_STACK);
	__uint(max_entries, 512); /* knob */
	__type(value, u32);
} free_refused SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_STACK);
	__uint(max_entries, OTHER_BACKENDS);
	__type(value, u32);
} free_others SEC(".maps");

/* Names of unix-domain sockets, so that a key need not hold one. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, UNIX_NAMES);
	__type(key, struct unix_name);
	__type(value, u32);
} unix_names SEC(".maps");

/* Numbers free to be given to a name, filled by the loader. */
struct {
	__uint(type, BPF_MAP_TYPE_STACK);
	__uint(max_entries, UNIX_NAMES);
	__type(value, u32);
} free_unix_names SEC(".maps");

/* Records of one backend lie side by side, one for each stripe. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1 + OTHER_BACKENDS + 4096 + 512); /* knob: times stripes */
	__type(key, u32);
	__type(value, struct backend_counters);
} backend_counters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8192); /* knob */
	__type(key, struct error_key);
	__type(value, u64);
} errors SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, LOST_REASONS);
	__type(key, u32);
	__type(value, u64);
} lost SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 65536); /* knob */
	__type(key, u32);
	__type(value, struct connection_gauge);
} gauges SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct gauges_used);
} gauges_used SEC(".maps");

/* Elements of gauges free to be taken, filled by the loader. */
struct {
	__uint(type, BPF_MAP_TYPE_STACK);
	__uint(max_entries, 65536); /* knob */
	__type(value, u32);
} free_gauges SEC(".maps");

/* A process that has sent on a watched port, with its name in mysql_wire_fsync_seconds. */
struct mysqld_process {
	struct bpf_spin_lock guard; /* of all else */
	u16 port;
	u32 zone, namespace;
	u8 server[16];
	u64 noted; /* ns, CLOCK_MONOTONIC; 0: not yet */
};

/*
 * Kept with the group leader, so it ends with the process and no other one can inherit it. This map
 * and the next two are made for the tracing tap only: see programs.c.
 */
struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct mysqld_process);
} mysqld_processes SEC(".maps");

/* The fsync that a thread of such a process is in. */
struct fsync_call {
	u64 started; /* ns, CLOCK_MONOTONIC; 0: none is under way */
	u32 file;    /* enum mysql_file_class */
	struct mysql_file_name name;
	u8 behind[FILE_NAME_TAIL + 1]; /* never reached, but the verifier does not know */
};

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct fsync_call);
} fsync_calls SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_FSYNCS);
	__type(key, struct fsync_key);
	__type(value, struct fsync_counters);
} fsyncs SEC(".maps");

/* The watched cgroup, for the tracing tap. */
struct {
	__uint(type, BPF_MAP_TYPE_CGROUP_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u32);
} watched_cgroup SEC(".maps");

/* For the processes that read the maps when they are pinned; no program does. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct tap_description);
} description SEC(".maps");

/* Adds to a counter that other CPUs may add to. */
static __always_inline void count(u64 *counter, u64 n)
{
	__sync_fetch_and_add(counter, n);
}

/*
 * The record of a backend for this CPU, which it shares with those that are in the same stripe.
 * NULL for an id that is none.
 */
static __always_inline struct backend_counters *counters_of(u32 backend)
{
	u32 key = backend * stripes + (bpf_get_smp_processor_id() & (stripes - 1));

	return bpf_map_lookup_elem(&backend_counters, &key);
}

static __always_inline void count_lost(u32 reason, u64 n)
{
	u64 *counter = bpf_map_lookup_elem(&lost, &reason);

	if (counter)
		count(counter, n);
}

#endif
