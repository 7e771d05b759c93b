/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Segments of the client that arrived ahead of a hole: kept, and read when it is filled. */
#ifndef MYSQL_WIRE_PARKED_BPF_H
#define MYSQL_WIRE_PARKED_BPF_H

#include "walk.bpf.h"

static __always_inline struct mysql_parking *parking_of(struct __sk_buff *skb, u64 flags)
{
	struct bpf_sock *sk = skb->sk ? bpf_sk_fullsock(skb->sk) : NULL;

	return sk ? bpf_sk_storage_get(&parkings, sk, 0, flags) : NULL;
}

/* Keeps a segment that arrived ahead of a hole. What can't be kept shows when its turn comes. */
static __always_inline void park(struct walk *w)
{
	struct mysql_parking *parking = parking_of(w->skb, BPF_SK_STORAGE_GET_F_CREATE);
	struct mysql_client *client = &w->t->wire.client;
	u32 place, length, end = client->segment.start + client->segment.length;

	if (!parking) {
		mysql_not_kept(client, client->segment.start, end);
		return;
	}
	place = mysql_park(&w->t->wire, parking);
	asm volatile("" : "+r"(place));
	if (place >= MYSQL_PARKED)
		return;
	length = parking->segments[place].length - 1;
	asm volatile("" : "+r"(length));
	if (length >= MYSQL_PARKED_BYTES)
		return;
	if (!bpf_skb_load_bytes(w->skb, w->payload, parking->segments[place].bytes, length + 1))
		return;
	parking->segments[place].length = 0;
	mysql_not_kept(client, client->segment.start, end);
}

/* The hole is filled: what was parked behind it can be read. */
static __always_inline void go_on_with_parked(struct walk *w)
{
	w->parking = parking_of(w->skb, 0);
	if (w->parking && mysql_unpark(&w->t->wire, w->parking))
		bpf_loop(rounds(MYSQL_PARKED * MYSQL_PARKED_BYTES), client_parked_round, w, 0);
}

#endif
