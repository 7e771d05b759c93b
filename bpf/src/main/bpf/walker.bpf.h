/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * Programs in several copies, with one behind them that does the work.
 *
 * The kernel does not run a program on a CPU that is inside it already (prog->active in
 * __bpf_prog_enter_recur(), kernel/bpf/trampoline.c). One that may stop a thread anywhere, as 7.2
 * with CONFIG_PREEMPT_LAZY, stops some inside the program and lets others send on that CPU. So
 * there are copies, each with a mark of its own: the first one that is free does the work, the
 * others find it done. See DESIGN.md.
 *
 * Copies are small. They end in a tail call of a program that walks the bytes. The kernel does not
 * ask whether the CPU is inside that one already, but where it may have a stack for each CPU, from
 * 6.13 on, it takes that for granted: two threads in one walker would write on each other's stack.
 * There each copy has a walker of its own, which the copy's mark guards: the mark is taken off when
 * the walker has returned. Older kernels verify and run one walker for all copies. An array is for
 * programs of one function of the kernel (bpf_prog_map_compatible(), kernel/bpf/core.c), and is
 * emptied when it has no descriptor and no name left: it is pinned beside the programs.
 */
#ifndef MYSQL_WIRE_WALKER_H
#define MYSQL_WIRE_WALKER_H

#include "kernel.h"
#include "layout.h"

/* Of one function, by copy. */
#define WALKERS(name)                                                                              \
	struct {                                                                                   \
		__uint(type, BPF_MAP_TYPE_PROG_ARRAY);                                             \
		__uint(max_entries, COPIES);                                                       \
		__type(key, u32);                                                                  \
		__type(value, u32);                                                                \
	} name SEC(".maps")

#endif
