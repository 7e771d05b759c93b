/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Which ports are watched: those asked for by number, and those that mysqld processes listen on. */
#ifndef MYSQL_WIRE_WATCHED_PORTS_H
#define MYSQL_WIRE_WATCHED_PORTS_H

#include "maps.bpf.h"

/* Sockets that mysqld processes listen on; those of before are added by the loader. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_LISTENERS);
	__type(key, struct listener_key);
	__type(value, struct listener);
} listeners SEC(".maps");

/* The key of a listening socket, kept with it: the end of a socket does not tell its address. */
struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct listener_key);
} listening_sockets SEC(".maps");

/*
 * A byte for each port: whether it was ever among the listeners. All that a packet of other ports
 * has to ask. Bytes and not bits: kernel and loader both write, and 5.10 has no atomic OR.
 */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u8[PORTS]);
} listening_ports SEC(".maps");

/* Times that a mysqld has begun to run, to listen, or ceased to: its readers look at /proc then. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u64);
} server_changes SEC(".maps");

/* Whether a mysqld listens on this port, or did: in some namespace, on some address. */
static __always_inline bool listened_on(u32 port)
{
	u32 zero = 0;
	u8 *ports = bpf_map_lookup_elem(&listening_ports, &zero);

	return ports && ports[port & (PORTS - 1)];
}

/* Whether the port was asked for by its number. */
static __always_inline bool asked_for(u32 port)
{
	for (int i = 0; i < MAX_PORTS; i++) {
		if (watched_ports[i] == 0)
			return false;
		if (watched_ports[i] == port)
			return true;
	}
	return false;
}

/*
 * Whether a local port may be a server's. What is not true of every socket that has the port is
 * asked once for each connection: see is_served().
 */
static __always_inline bool watched(u32 port)
{
	return asked_for(port) || (watch_servers && listened_on(port));
}

#endif
