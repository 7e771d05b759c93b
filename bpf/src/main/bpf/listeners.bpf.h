/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * The sockets that mysqld processes listen on, followed as they come and go, and the connections
 * that were accepted from them.
 *
 * A cgroup's sock_ops program sees each listen() before it returns, with either tap and from 5.10
 * on, and so before the first connection can be accepted and greeted.
 */
#ifndef MYSQL_WIRE_LISTENERS_BPF_H
#define MYSQL_WIRE_LISTENERS_BPF_H

#include "connection.bpf.h"
#include "mysqld_name.h"
#include "watched_ports.bpf.h"

static __always_inline void server_changed(void)
{
	u32 zero = 0;
	u64 *changes = bpf_map_lookup_elem(&server_changes, &zero);

	if (changes)
		count(changes, 1);
}

/* The number of the current process if it is one; else 0. Of the first thread, for others have
 * names of their own. */
static __always_inline u32 current_mysqld(void)
{
	struct task_struct *task;
	char comm[16] = {};
	u32 process;

	if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_get_current_task_btf)) {
		task = bpf_get_current_task_btf()->group_leader;
		__builtin_memcpy(comm, task->comm, sizeof(comm));
		process = task->tgid;
	} else { /* before 5.11 */
		task = BPF_CORE_READ((struct task_struct *)bpf_get_current_task(), group_leader);
		bpf_probe_read_kernel(comm, sizeof(comm), &task->comm);
		process = BPF_CORE_READ(task, tgid);
	}
	return is_mysqld(comm) ? process : 0;
}

static __always_inline void set_listener(struct listener_key *key, struct bpf_sock_ops *ops,
					 struct bpf_sock *sk)
{
	key->port = ops->local_port;
	key->namespace = namespace_of((struct sock *)bpf_skc_to_tcp_sock(sk));
	if (ops->family == AF_INET) {
		set_ipv4(key->address, ops->local_ip4);
		return;
	}
	((u32 *)key->address)[0] = ops->local_ip6[0];
	((u32 *)key->address)[1] = ops->local_ip6[1];
	((u32 *)key->address)[2] = ops->local_ip6[2];
	((u32 *)key->address)[3] = ops->local_ip6[3];
}

static __always_inline void add_listener(const struct listener_key *key, struct bpf_sock *sk,
					 struct listener *listener)
{
	u32 zero = 0;
	u8 *ports = bpf_map_lookup_elem(&listening_ports, &zero);
	struct listener_key *kept =
		bpf_sk_storage_get(&listening_sockets, sk, 0, BPF_SK_STORAGE_GET_F_CREATE);

	if (!kept)
		count_lost(LOST_MEMORY, 1);
	else
		*kept = *key;
	if (bpf_map_update_elem(&listeners, key, listener, BPF_ANY))
		count_lost(LOST_LISTENERS_FULL, 1);
	else if (ports)
		ports[key->port] = 1;
	server_changed();
}

/* One that was there before the programs was closed unseen: another process has its address. */
static __always_inline void forget_older(const struct listener_key *key)
{
	struct listener *listener = bpf_map_lookup_elem(&listeners, key);

	if (!listener)
		return;
	bpf_map_delete_elem(&listeners, key);
	server_changed();
}

SEC("sockops")
int server_listens(struct bpf_sock_ops *ops)
{
	struct listener listener = {};
	struct listener_key key = {};
	struct bpf_sock *sk = ops->sk;

	/* What is not answered here is as the kernel has it: tcp_call_bpf(), include/net/tcp.h. */
	if (ops->op != BPF_SOCK_OPS_TCP_LISTEN_CB || !sk)
		return 1;
	set_listener(&key, ops, sk);
	listener.process = current_mysqld();
	listener.socket = bpf_get_socket_cookie(ops);
	if (listener.process)
		add_listener(&key, sk, &listener);
	else
		forget_older(&key);
	return 1;
}

/* A socket is closed: it may be one that mysqld listens on. */
static __always_inline void listener_closed(struct bpf_sock *sk)
{
	struct listener_key *kept = bpf_sk_storage_get(&listening_sockets, sk, 0, 0);
	struct listener_key key;
	struct listener *listener;

	if (!kept)
		return;
	key = *kept;
	listener = bpf_map_lookup_elem(&listeners, &key);
	/* After shutdown() another one may listen there already. */
	if (listener && listener->socket == bpf_get_socket_cookie(sk))
		bpf_map_delete_elem(&listeners, &key);
	server_changed();
}

/*
 * Whether a socket was accepted, and not connected by a client whose own port has that number: it
 * has the limit of the accept queue from the one that listens (sk_clone_lock(), net/core/sock.c).
 */
static __always_inline bool was_accepted(struct sock *sk)
{
	return sk && (!bpf_core_field_exists(sk->sk_max_ack_backlog) || sk->sk_max_ack_backlog);
}

static __always_inline bool is_listener(struct listener_key *key)
{
	return bpf_map_lookup_elem(&listeners, key);
}

/* Whether a mysqld listens on the address of a connection, or on every address. */
static __noinline bool is_mysqlds(const struct mysql_place *place)
{
	struct listener_key key = {.namespace = place->namespace, .port = place->port};

	if (is_listener(&key))
		return true;
	__builtin_memcpy(key.address, place->server, sizeof(key.address));
	if (is_listener(&key))
		return true;
	if (!is_ipv4_mapped(key.address))
		return false;
	set_ipv4(key.address, 0);
	return is_listener(&key);
}

/* Whether a socket with a watched port is a server's. */
static __always_inline bool is_served(struct sock *sk, const struct mysql_place *place)
{
	return was_accepted(sk) && (asked_for(place->port) || (watch_servers && is_mysqlds(place)));
}

#endif
