/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * Which unix-domain sockets are connections of a server: those that a process called mysqld or
 * mariadbd accepts. Their end is seen here, too, for sock_release of cgroups is of IP sockets only.
 */
#ifndef MYSQL_WIRE_UNIX_SOCKET_H
#define MYSQL_WIRE_UNIX_SOCKET_H

#include "mysqld_name.h"
#include "unix_stream.bpf.h"

#define TCP_ESTABLISHED_STATE 1 /* of unix-domain sockets as well */

/* By the name of the first thread: others have names of their own. */
static __always_inline bool is_servers(struct task_struct *task)
{
	char comm[16] = {};

	bpf_probe_read_kernel(comm, sizeof(comm), task->group_leader->comm);
	return is_mysqld(comm);
}

static __always_inline void keep_socket(struct sock *sk, bool older)
{
	struct tracked_connection *t =
		bpf_sk_storage_get(&connections, sk, 0, BPF_SK_STORAGE_GET_F_CREATE);

	if (!t)
		count_lost(LOST_MEMORY, 1);
	else if (older)
		t->unix_end.older = 1;
}

static __always_inline int accepted(struct socket *accepted)
{
	struct sock *sk = accepted->sk;

	if (!sk || !is_servers(bpf_get_current_task_btf()))
		return 0;
	if (within_cgroup && bpf_current_task_under_cgroup(&watched_cgroup, 0) != 1)
		return 0;
	keep_socket(sk, false);
	return 0;
}

static __always_inline int released(struct socket *socket)
{
	struct tracked_connection *t = unix_connection(socket->sk);

	if (t && t->initialised)
		connection_closed(t);
	return 0;
}

/* Copies, see walker.bpf.h: the second finds done what the first one did. */
SEC("fexit/unix_accept")
int BPF_PROG(unix_accepted_1, struct socket *socket, struct socket *newsock)
{
	return accepted(newsock);
}

SEC("fexit/unix_accept")
int BPF_PROG(unix_accepted_2, struct socket *socket, struct socket *newsock)
{
	return accepted(newsock);
}

SEC("fentry/unix_release")
int BPF_PROG(unix_released_1, struct socket *socket)
{
	return released(socket);
}

SEC("fentry/unix_release")
int BPF_PROG(unix_released_2, struct socket *socket)
{
	return released(socket);
}

/* Run once, when the others are attached: finds the connections that there were before. */
SEC("iter/task_file")
int unix_sockets_before(struct bpf_iter__task_file *found)
{
	struct task_struct *task = found->task;
	struct file *file = found->file;
	struct unix_sock *u;
	struct socket *socket;
	struct sock *sk;

	if (!task || !file || !is_servers(task))
		return 0;
	socket = bpf_sock_from_file(file);
	if (!socket)
		return 0;
	sk = socket->sk;
	if (!sk || sk->__sk_common.skc_family != AF_UNIX ||
	    sk->__sk_common.skc_state != TCP_ESTABLISHED_STATE)
		return 0;
	u = bpf_skc_to_unix_sock(sk);
	if (u && u->addr && !unix_connection(sk))
		keep_socket(sk, true);
	return 0;
}

#endif
