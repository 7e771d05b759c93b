/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Little-endian integers of the protocol, read at any alignment. */
#ifndef MYSQL_WIRE_BYTES_H
#define MYSQL_WIRE_BYTES_H

#include "protocol.h"

#define MYSQL_INLINE static inline __attribute__((always_inline))

/* Keeps the compiler from making a loop over i a call of memmove(), which the kernel has not. */
#define MYSQL_NO_IDIOM(i) __asm__ volatile("" : "+r"(i))

MYSQL_INLINE u16 mysql_u16(const u8 *p)
{
	return (u16)(p[0] | p[1] << 8);
}

MYSQL_INLINE u32 mysql_u24(const u8 *p)
{
	return p[0] | (u32)p[1] << 8 | (u32)p[2] << 16;
}

MYSQL_INLINE u32 mysql_u32(const u8 *p)
{
	return mysql_u24(p) | (u32)p[3] << 24;
}

/* Makes the compiler compute a checked pointer here and keep it: 5.10 forgets bounds of numbers. */
#define MYSQL_KEEP(pointer) __asm__ volatile("" : "+r"(pointer))

/* Moves 8 bytes at any alignment; the kernel's architectures all allow it in BPF maps. */
MYSQL_INLINE void mysql_move8(u8 *to, const u8 *from)
{
#ifdef __bpf__
	*(u64 *)to = *(const u64 *)from;
#else
	u64 word;

	__builtin_memcpy(&word, from, sizeof(word));
	__builtin_memcpy(to, &word, sizeof(word));
#endif
}

/* Bytes of the length-encoded integer that starts with first, itself included. */
MYSQL_INLINE u32 mysql_lenenc_size(u8 first)
{
	if (first < 0xfb)
		return 1;
	return first == 0xfc ? 3 : first == 0xfd ? 4 : first == 0xfe ? 9 : 1;
}

/* Whether position a comes after b; positions wrap. */
MYSQL_INLINE int mysql_after(u32 a, u32 b)
{
	return (s32)(a - b) > 0;
}

#endif
