/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* A TCP segment out of a network packet, as cgroup_skb programs see it: from the IP header on. */
#ifndef MYSQL_WIRE_SEGMENT_H
#define MYSQL_WIRE_SEGMENT_H

#include "maps.bpf.h"

struct tcp_segment {
	u32 payload; /* offset of its first byte in the packet */
	u32 length;  /* bytes of payload */
	u32 sequence;
	u32 acknowledged;
};

/*
 * Offset of the TCP header behind an IPv6 header, 0 when there is none. Besides those of the
 * sender's choice, Linux puts a hop-by-hop header into its own packets of more than 64 KiB (BIG
 * TCP, ip6_xmit()), and takes it out again only behind this hook.
 */
static __always_inline u32 tcp_behind_ipv6(void *data, void *end)
{
	struct ipv6hdr *ip6 = data;
	u32 offset = sizeof(struct ipv6hdr);
	u8 next;

	if (data + sizeof(struct ipv6hdr) > end)
		return 0;
	next = ip6->nexthdr;
	for (int i = 0; i < 3; i++) {
		u8 *extension = data + offset;

		if (next == IPPROTO_TCP)
			return offset;
		if (next != IPPROTO_HOPOPTS && next != IPPROTO_ROUTING && next != IPPROTO_DSTOPTS)
			return 0;
		if ((void *)(extension + 2) > end)
			return 0;
		next = extension[0];
		offset += 8 + 8 * (extension[1] & 63);
	}
	return next == IPPROTO_TCP ? offset : 0;
}

static __always_inline u32 tcp_behind_ipv4(void *data, void *end)
{
	struct iphdr *ip = data;

	if (data + sizeof(struct iphdr) > end || ip->protocol != IPPROTO_TCP)
		return 0;
	return ip->ihl * 4;
}

/*
 * Returns false for what carries no payload of an open connection. Headers are in the linear part
 * of the packet on both paths; skb->len counts from the IP header, whatever offloads did to the
 * lengths inside (kernel/bpf/cgroup.c, __cgroup_bpf_run_filter_skb()).
 */
static __always_inline bool parse_segment(struct __sk_buff *skb, struct tcp_segment *s)
{
	void *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end;
	struct tcphdr *tcp;
	u32 header;

	if (data + 1 > end)
		return false;
	if (*(u8 *)data >> 4 == 4)
		header = tcp_behind_ipv4(data, end);
	else
		header = tcp_behind_ipv6(data, end);
	if (header < sizeof(struct iphdr) || header > 2048)
		return false;
	tcp = data + header;
	if ((void *)(tcp + 1) > end || tcp->syn)
		return false;
	s->payload = header + tcp->doff * 4;
	if (skb->len <= s->payload)
		return false;
	s->length = skb->len - s->payload;
	s->sequence = bpf_ntohl(tcp->seq);
	s->acknowledged = bpf_ntohl(tcp->ack_seq);
	return true;
}

#endif
