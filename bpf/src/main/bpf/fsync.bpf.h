/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * How long mysqld waits for its own fsync() and fdatasync() calls, with the tracing tap.
 *
 * The system calls themselves are watched, for what they call is not always there to be:
 * vfs_fsync_range() is inlined into fdatasync() on 6.1 and into both on 7.2, see DESIGN.md. For a
 * process that is not mysqld all is over after one look-up.
 */
#ifndef MYSQL_WIRE_FSYNC_H
#define MYSQL_WIRE_FSYNC_H

#include "account.bpf.h"
#include "mysqld_process.bpf.h"

#define S_IFMT  0170000
#define S_IFREG 0100000

/*
 * A call that ends without having begun, in a thread that was not seen before, was under way when
 * its process was noted. After this time it is a beginning that was missed.
 */
#define LONGEST_FSYNC_NS (67 * 1000000000ULL)

/* The names of system calls, and where their first argument is. */
#if defined(__TARGET_ARCH_x86)
#define SYSCALL(name)      "__x64_sys_" name
#define FIRST_OF(argument) BPF_CORE_READ((struct pt_regs___call_x86 *)(argument), di)
#elif defined(__TARGET_ARCH_arm64)
#define SYSCALL(name)      "__arm64_sys_" name
#define FIRST_OF(argument) BPF_CORE_READ((struct pt_regs___call_arm64 *)(argument), regs[0])
#endif

/* What an open file is; NULL for a descriptor that is none. Another thread may close it now. */
static __always_inline struct file *open_file(u32 descriptor)
{
	struct fdtable *table = BPF_CORE_READ(bpf_get_current_task_btf(), files, fdt);
	struct file *file = NULL;

	if (descriptor < BPF_CORE_READ(table, max_fds))
		bpf_probe_read_kernel(&file, sizeof(file), BPF_CORE_READ(table, fd) + descriptor);
	return file;
}

/* Reads the ends of the file's name; an empty one for a directory. */
static __always_inline void read_name(struct fsync_call *call, struct file *file)
{
	struct dentry *dentry = BPF_CORE_READ(file, f_path.dentry);
	const u8 *bytes = BPF_CORE_READ(dentry, d_name.name);
	u32 length = BPF_CORE_READ(dentry, d_name.len), from = 0, place;

	__builtin_memset(&call->name, 0, sizeof(call->name));
	if ((BPF_CORE_READ(file, f_inode, i_mode) & S_IFMT) != S_IFREG)
		return;
	bpf_probe_read_kernel_str(call->name.head, sizeof(call->name.head), bytes);
	if (length > FILE_NAME_TAIL)
		from = length - FILE_NAME_TAIL;
	place = FILE_NAME_TAIL - (length - from);
	asm volatile("" : "+r"(place));
	if (place < FILE_NAME_TAIL)
		bpf_probe_read_kernel_str(call->name.tail + place, FILE_NAME_TAIL + 1,
					  bytes + from);
}

static __always_inline struct fsync_counters *fsync_counters(const struct fsync_key *key)
{
	struct fsync_counters *counters = bpf_map_lookup_elem(&fsyncs, key);
	static const struct fsync_counters none;

	if (counters)
		return counters;
	bpf_map_update_elem(&fsyncs, key, &none, BPF_NOEXIST);
	return bpf_map_lookup_elem(&fsyncs, key);
}

static __always_inline void account_fsync(const struct fsync_key *key, u64 ns)
{
	struct fsync_counters *counters = fsync_counters(key);
	u32 bucket = latency_bucket(ns);

	if (!counters) {
		count_lost(LOST_FSYNCS_FULL, 1);
		return;
	}
	if (bucket < LATENCY_BUCKETS)
		count(&counters->latency[bucket], 1);
	count(&counters->latency_ns, ns);
}

static __always_inline int fsync_begins(struct pt_regs *registers)
{
	struct fsync_call *call;

	if (!noted_process())
		return 0;
	call = bpf_task_storage_get(&fsync_calls, bpf_get_current_task_btf(), 0,
				    BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (!call) {
		count_lost(LOST_MEMORY, 1);
		return 0;
	}
	/* The end of the last one was missed, see fsync_ends(). */
	if (call->started)
		count_lost(LOST_FSYNC_GAP, 1);
	read_name(call, open_file(FIRST_OF(registers)));
	call->file = mysql_file_class(&call->name);
	call->started = bpf_ktime_get_ns();
	return 0;
}

/*
 * The kernel does not run a program on a CPU that is inside it already, see walker.bpf.h.
 * So the beginning or the end of a call may be missed: then its time is not known.
 */
static __always_inline int fsync_ends(void)
{
	struct mysqld_process *process = noted_process();
	struct fsync_key key = {};
	struct fsync_call *call;
	u64 now, noted;

	if (!process)
		return 0;
	now = bpf_ktime_get_ns();
	bpf_spin_lock(&process->guard);
	noted = process->noted;
	key.port = process->port;
	key.zone = process->zone;
	key.namespace = process->namespace;
	__builtin_memcpy(key.server, process->server, sizeof(key.server));
	bpf_spin_unlock(&process->guard);
	call = bpf_task_storage_get(&fsync_calls, bpf_get_current_task_btf(), 0, 0);
	if (!call && since(noted, now) < LONGEST_FSYNC_NS)
		return 0;
	if (!call || !call->started) {
		count_lost(LOST_FSYNC_GAP, 1);
		return 0;
	}
	key.file = call->file;
	account_fsync(&key, since(call->started, now));
	call->started = 0;
	return 0;
}

SEC("fentry/" SYSCALL("fsync"))
int BPF_PROG(fsync_called, struct pt_regs *registers)
{
	return fsync_begins(registers);
}

SEC("fexit/" SYSCALL("fsync"))
int BPF_PROG(fsync_returned)
{
	return fsync_ends();
}

SEC("fentry/" SYSCALL("fdatasync"))
int BPF_PROG(fdatasync_called, struct pt_regs *registers)
{
	return fsync_begins(registers);
}

SEC("fexit/" SYSCALL("fdatasync"))
int BPF_PROG(fdatasync_returned)
{
	return fsync_ends();
}

#endif
