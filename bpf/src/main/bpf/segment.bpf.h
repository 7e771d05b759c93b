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
 * Returns false for what carries no payload of an open connection. Headers are in the linear part
 * of the packet on both paths; skb->len counts from the IP header, whatever offloads did to the
 * lengths inside (net/core/filter.c, __cgroup_bpf_run_filter_skb).
 */
static __always_inline bool parse_segment(struct __sk_buff *skb, struct tcp_segment *s)
{
	void *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end;
	struct iphdr *ip = data;
	struct tcphdr *tcp;
	u32 header;

	if (data + sizeof(struct iphdr) > end)
		return false;
	if (ip->version == 4) {
		header = ip->ihl * 4;
		if (ip->protocol != IPPROTO_TCP || header < sizeof(struct iphdr))
			return false;
		/* A constant lets the verifier of older kernels follow; IP options are rare. */
		if (header == sizeof(struct iphdr))
			tcp = data + sizeof(struct iphdr);
		else
			tcp = data + (header & 0x3c);
	} else {
		struct ipv6hdr *ip6 = data;

		if (data + sizeof(struct ipv6hdr) > end || ip6->nexthdr != IPPROTO_TCP)
			return false;
		header = sizeof(struct ipv6hdr);
		tcp = data + sizeof(struct ipv6hdr);
	}
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
