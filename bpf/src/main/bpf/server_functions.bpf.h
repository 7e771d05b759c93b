/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * The server's own functions, where they are called: what it is to send encrypted, which command it
 * begins, who logs in. They only leave that for the program that sees what TCP takes.
 *
 * None has 64 bytes of stack or more, or a loop: from 6.13 on such programs have a stack for each
 * CPU, and one that is stopped in the middle (CONFIG_PREEMPT) shares it with the next.
 */
#ifndef MYSQL_WIRE_SERVER_FUNCTIONS_H
#define MYSQL_WIRE_SERVER_FUNCTIONS_H

#include "account.bpf.h"
#include "encrypted.bpf.h"

/* Places of the first arguments among the registers of a process (arch/.../uapi/asm/ptrace.h). */
#if defined(__TARGET_ARCH_x86)
#define FIRST_ARGUMENT  14 /* rdi */
#define SECOND_ARGUMENT 13 /* rsi */
#define THIRD_ARGUMENT  12 /* rdx */
#elif defined(__TARGET_ARCH_arm64)
#define FIRST_ARGUMENT  0
#define SECOND_ARGUMENT 1
#define THIRD_ARGUMENT  2
#endif

/* bool vio_ssl_write(Vio *, const uchar *buffer, size_t size), and all of its forms */
SEC("uprobe")
int server_writes(const u64 *registers)
{
	u32 index = bpf_get_attach_cookie((void *)registers) >> PROBE_BINARY_SHIFT;
	u64 buffer = registers[SECOND_ARGUMENT], size = registers[THIRD_ARGUMENT];
	struct server_binary *binary = binary_of(index);
	struct server_thread *thread = current_thread(BPF_LOCAL_STORAGE_GET_F_CREATE);

	if (!thread || !binary)
		return 0;
	thread->binary = index;
	thread->write.buffer = buffer;
	thread->write.size = mysql_is_condemned(binary) ? 0 : size;
	thread->write.begun = thread->write.sent = 0;
	return 0;
}

/*
 * void thd_init_client_charset(THD *, uint): the login's packet has just been read, and lies where
 * the greeting was sent from. At the first answer it is too late: the plugin may have read on.
 */
SEC("uprobe")
int server_logs_in(const u64 *registers)
{
	struct server_thread *thread = current_thread(0);
	u64 thd = registers[FIRST_ARGUMENT];
	u16 capabilities;

	if (!thread || !thread->socket)
		return 0;
	thread->thd = thd;
	thread->binary = bpf_get_attach_cookie((void *)registers) >> PROBE_BINARY_SHIFT;
	thread->named = 0;
	if (bpf_probe_read_user(thread->login, sizeof(thread->login), (void *)thread->net_buffer))
		return 0;
	capabilities = mysql_u16(thread->login);
	/* One in the clear is read when it arrives; behind the character set there are zeros. */
	if (!(capabilities & CLIENT_SSL) || !(capabilities & CLIENT_PROTOCOL_41) ||
	    mysql_u32(thread->login + 9) || mysql_u32(thread->login + 13))
		return 0;
	thread->named = bpf_probe_read_user_str(thread->user, sizeof(thread->user),
						(void *)(thread->net_buffer + 32)) > 0;
	return 0;
}

/* Keeps the name that COM_CHANGE_USER asks for: at name, or in the buffer that writes are from. */
static __always_inline void keep_changed_user(const struct session *session, u64 name)
{
	struct server_thread *thread = current_thread(BPF_LOCAL_STORAGE_GET_F_CREATE);
	u8 command = 0;

	if (!thread)
		return;
	thread->named = 0;
	if (!name) {
		bpf_probe_read_user(&command, 1, (void *)session->net_buffer);
		if (command != COM_CHANGE_USER)
			return;
		name = session->net_buffer + 1;
	}
	thread->named =
		bpf_probe_read_user_str(thread->user, sizeof(thread->user), (void *)name) > 0;
}

/* Shows what is in flight now. The slot is given back only after the session has ended. */
static __always_inline void show_in_flight(const struct session *session)
{
	struct mysql_waiting waiting = {.commands = session->since != 0, .oldest = session->since};
	u32 index = session->slot - 1;
	struct connection_gauge *gauge =
		session->slot ? bpf_map_lookup_elem(&gauges, &index) : NULL;

	if (gauge)
		gauge->waiting = packed(&waiting);
}

/* One that wants no answer: what arrived was this, unless more segments than one have come. */
static __always_inline void command_without_answer(struct session *session, u8 command)
{
	bool more = command != COM_STMT_SEND_LONG_DATA &&
		    session->segments - session->segments_of_commands > 1;

	session->since = more ? session->newest : 0;
}

/* A command of an encrypted connection begins; name as in keep_changed_user(). */
static __always_inline void session_begins_command(struct session *session, u8 command, u64 name)
{
	struct backend_counters *counters;
	u32 class = mysql_command_class(command);

	/* MariaDB 11.8 may suspend a command, and call the function again to go on with it. */
	if (session->waits && session->command == command)
		return;
	counters = counters_of(session->backend);
	/* The compiler knows the bound, and the verifier does not. */
	asm volatile("" : "+r"(class));
	if (counters && class < COMMAND_CLASSES)
		count(&counters->commands[class], 1);
	session->waits = mysql_command_has_answer(command);
	if (session->waits) {
		session->command = command;
		session->told = 0;
		session->arrived = session->since = session->newest;
		session->command_bytes = session->bytes;
		if (command == COM_CHANGE_USER)
			keep_changed_user(session, name);
	} else {
		command_without_answer(session, command);
	}
	session->bytes = 0;
	session->segments_of_commands = session->segments;
	show_in_flight(session);
}

/*
 * bool dispatch_command(THD *, const COM_DATA *, enum_server_command) of MySQL, bool
 * dispatch_command(enum_server_command, THD *, char *packet, ...) of MariaDB. It is called for
 * connections in the clear, too: those have no session.
 */
SEC("uprobe")
int server_begins_command(const u64 *registers)
{
	bool mysql = bpf_get_attach_cookie((void *)registers) & PROBE_MYSQL;
	u64 first = registers[FIRST_ARGUMENT], second = registers[SECOND_ARGUMENT],
	    third = registers[THIRD_ARGUMENT];
	struct session_key key = {};
	struct session *session;

	key.thd = mysql ? first : second;
	key.process = bpf_get_current_pid_tgid() >> 32;
	session = bpf_map_lookup_elem(&sessions, &key);
	if (session)
		session_begins_command(session, mysql ? third : first, mysql ? 0 : third);
	return 0;
}

#endif
