/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * Order of memory between the CPUs of a connection's two halves: what is written before a barrier
 * is seen by whoever passes one after having read what was written behind it.
 */
#ifndef MYSQL_WIRE_ORDER_H
#define MYSQL_WIRE_ORDER_H

#include "protocol.h"

/*
 * x86 keeps loads among each other and stores among each other in order (Intel SDM vol. 3, 9.2.2),
 * so the compiler alone has to be told. Elsewhere an atomic that returns a value is a full barrier
 * (Documentation/atomic_t.txt, "ORDERING"); BPF has those from 5.12 on, and no weaker ones
 * before 6.15.
 *
 * word: any that nobody else needs
 */
static inline __attribute__((always_inline)) void mysql_barrier(u32 *word)
{
#if defined(__bpf__) && !defined(__TARGET_ARCH_x86)
	u32 before = __sync_fetch_and_or(word, 1);

	__asm__ volatile(""
			 :
			 : "r"(before)
			 : "memory"); /* used: else clang takes an atomic without */
#else
	(void)word;
	__asm__ volatile("" : : : "memory");
#endif
}

#endif
