/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * The kernel programs: what clients ask, what mysqld answers, when a connection ends, and how long
 * mysqld waits for its disks.
 *
 * They watch and count, and never change, delay or drop a packet: every path of the cgroup
 * programs returns 1.
 */
#include "connection.bpf.h"
#include "segment.bpf.h"
#include "walk.bpf.h"

#define PASS 1

/*
 * Whether mysqld has yet to close the connection, and will be seen doing so. What it leaves behind
 * may go on for minutes, with bytes that its client does not acknowledge.
 */
static __always_inline bool is_open(struct bpf_sock *sk)
{
	return sk->state == BPF_TCP_ESTABLISHED || sk->state == BPF_TCP_SYN_RECV ||
	       sk->state == BPF_TCP_CLOSE_WAIT;
}

/*
 * Makes the connection of a socket, on the first bytes of either side that pass by.
 *
 * From its first byte on it is known if these are the first bytes of their stream. Which side is
 * seen first does not matter: the tracing tap looks after the fact, when the client may have
 * answered already. A function of its own, for the stack it takes.
 */
static __noinline struct tracked_connection *
track_new(struct bpf_sock *sk, const struct tcp_segment *s, bool from_client)
{
	struct bpf_tcp_sock *tcp = bpf_tcp_sock(sk);
	struct mysql_identity identity = {};
	struct tracked_connection *t;
	u32 client, server;
	bool new;

	if (!tcp || !is_open(sk))
		return NULL;
	client = tcp->rcv_nxt - (u32)tcp->bytes_received;
	server = tcp->snd_una - (u32)tcp->bytes_acked;
	new = from_client ? s->sequence == client : s->sequence == server;
	if (!new && !from_client)
		return NULL;
	t = bpf_sk_storage_get(&connections, sk, 0, BPF_SK_STORAGE_GET_F_CREATE);
	/* No memory, or another CPU was faster: bpf_local_storage_update() does not say which. */
	if (!t)
		t = bpf_sk_storage_get(&connections, sk, 0, 0);
	if (!t) {
		count_lost(LOST_MEMORY, 1);
		return NULL;
	}
	set_identity(&identity, sk);
	if (!new) {
		client = s->sequence;
		server = s->acknowledged;
	}
	if (initialise(t, &identity, client, server, new) && !new) {
		backend_known(&t->wire, backend_id(&identity), false, false);
		connection_accepted(&t->wire);
	}
	return t;
}

static __always_inline struct tracked_connection *
track(struct bpf_sock *sk, const struct tcp_segment *s, bool from_client)
{
	struct tracked_connection *t = bpf_sk_storage_get(&connections, sk, 0, 0);

	return t && t->wire.initialised ? t : track_new(sk, s, from_client);
}

/* Tries to be the only one to read bytes of this client. */
static __always_inline bool claim_ingress(struct tracked_connection *t)
{
	bool alone;

	bpf_spin_lock(&t->guard);
	alone = !t->wire.ingress_busy;
	/* Not if it is set: its owner may clear it right now, without the lock. */
	if (alone)
		t->wire.ingress_busy = 1;
	bpf_spin_unlock(&t->guard);
	return alone;
}

/*
 * Rounds to wait for another CPU. It is in a softirq, so it goes on without a break and is through
 * in microseconds; the bound is for a virtual CPU that its host has stopped.
 */
#define WAIT_ROUNDS         (1 << 16)
#define WAIT_ROUNDS_OF_CALL 128
#define WAIT_CALLS          (WAIT_ROUNDS / WAIT_ROUNDS_OF_CALL)

/* As many rounds without bpf_loop(), in before_5_17.bpf.h. Returns 1 when this CPU is alone. */
int wait_rounds(struct __sk_buff *skb);

static long wait_for_ingress(u32 round, void *walk)
{
	struct walk *w = walk;
	struct tracked_connection *t = tracked(w->c);

	if (!*(volatile u8 *)&t->wire.ingress_busy)
		w->claimed = claim_ingress(t);
	return w->claimed;
}

/* The packet's segment and its connection; false for what is none of ours. */
static __always_inline bool find_connection(struct __sk_buff *skb, bool from_client,
					    struct tcp_segment *s, struct tracked_connection **t)
{
	struct bpf_sock *sk;

	if (!watched(skb->local_port) || !parse_segment(skb, s))
		return false;
	sk = skb->sk;
	if (!sk)
		return false;
	sk = bpf_sk_fullsock(sk);
	if (!sk)
		return false;
	*t = track(sk, s, from_client);
	return *t;
}

static __always_inline void set_segment(struct mysql_segment *segment, const struct tcp_segment *s)
{
	segment->start = s->sequence;
	segment->length = s->length;
	segment->acknowledged = s->acknowledged;
	segment->now = bpf_ktime_get_ns();
}

/*
 * Whether TCP has the bytes that seem to be missing: this hook did not get to read them, and they
 * will not come again.
 */
static __always_inline bool hole_was_filled(struct walk *w)
{
	struct bpf_sock *sk = w->skb->sk ? bpf_sk_fullsock(w->skb->sk) : NULL;
	struct bpf_tcp_sock *tcp = sk ? bpf_tcp_sock(sk) : NULL;

	return tcp && mysql_after(tcp->rcv_nxt, w->c->client.stream.next);
}

/*
 * Two CPUs can be here for one connection at once: this hook runs before the socket is locked
 * (tcp_filter() in tcp_v4_rcv()), and a receive queue may move from one CPU to another, as
 * loopback's does with the client's thread.
 */
static __always_inline bool command_begins(struct __sk_buff *skb, struct walk *w, bool loops)
{
	struct tracked_connection *t;
	struct tcp_segment s;

	if (!find_connection(skb, true, &s, &t))
		return false;
	w->c = &t->wire;
	w->claimed = claim_ingress(t);
	if (!w->claimed && loops)
		bpf_loop(WAIT_ROUNDS, wait_for_ingress, w, 0);
	if (!loops)
		for (int i = 0; i < WAIT_CALLS && !w->claimed; i++)
			w->claimed = wait_rounds(skb);
	if (!w->claimed) {
		/* Within a long command nothing is lost by that; if it is, hole_was_filled() tells,
		 * or an answer that nobody asked for, or the end of the connection. */
		t->passed_end = s.sequence + s.length;
		t->passed_over = 1;
		return false;
	}
	w->payload = s.payload;
	set_segment(&t->wire.client.segment, &s);
	client_begins(w);
	if (t->wire.client.segment.ahead && hole_was_filled(w)) {
		t->wire.client.segment.ahead = 0;
		client_missed(w);
	}
	return true;
}

static __always_inline int command_ends(struct walk *w)
{
	client_ends(w);
	w->c->ingress_busy = 0;
	return PASS;
}

static __always_inline bool response_begins(struct __sk_buff *skb, struct walk *w)
{
	struct tracked_connection *t;
	struct tcp_segment s;

	if (!find_connection(skb, false, &s, &t))
		return false;
	w->c = &t->wire;
	w->payload = s.payload;
	set_segment(&t->wire.server.segment, &s);
	server_begins(w);
	return true;
}

static __always_inline struct mysql_parking *parking_of(struct __sk_buff *skb, u64 flags)
{
	struct bpf_sock *sk = skb->sk ? bpf_sk_fullsock(skb->sk) : NULL;

	return sk ? bpf_sk_storage_get(&parkings, sk, 0, flags) : NULL;
}

/* Keeps a segment that arrived ahead of a hole. What can't be kept shows when its turn comes. */
static __always_inline void park(struct walk *w)
{
	struct mysql_parking *parking = parking_of(w->skb, BPF_SK_STORAGE_GET_F_CREATE);
	struct mysql_client *client = &w->c->client;
	u32 place, length, end = client->segment.start + client->segment.length;

	if (!parking) {
		mysql_not_kept(client, client->segment.start, end);
		return;
	}
	place = mysql_park(w->c, parking);
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
	if (w->parking && mysql_unpark(w->c, w->parking))
		bpf_loop(rounds(MYSQL_PARKED * MYSQL_PARKED_BYTES), client_parked_round, w, 0);
}

SEC("cgroup_skb/ingress")
int command_arrives(struct __sk_buff *skb)
{
	struct walk w = {.skb = skb};

	if (!command_begins(skb, &w, true))
		return PASS;
	if (w.c->client.segment.ahead)
		park(&w);
	if (w.c->client.segment.walked) {
		bpf_loop(rounds(w.c->client.segment.length), client_packet_round, &w, 0);
		client_leaves(&w);
		if (mysql_client_is_behind(w.c))
			go_on_with_parked(&w);
	}
	return command_ends(&w);
}

SEC("cgroup_skb/egress")
int response_leaves(struct __sk_buff *skb)
{
	struct walk w = {.skb = skb};

	if (!response_begins(skb, &w))
		return PASS;
	if (w.c->server.segment.walked)
		bpf_loop(rounds(w.c->server.segment.length), server_packet_round, &w, 0);
	server_ends(&w);
	return PASS;
}

SEC("cgroup/sock_release")
int connection_closes(struct bpf_sock *sk)
{
	struct tracked_connection *t = bpf_sk_storage_get(&connections, sk, 0, 0);

	if (t)
		connection_closed(&t->wire);
	return PASS;
}

#include "before_5_17.bpf.h"
#include "tcp_sendmsg.bpf.h"
#include "fsync.bpf.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";
