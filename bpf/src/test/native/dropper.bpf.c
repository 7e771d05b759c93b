/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * Spoils the network for tests: drops a pseudo-random share of the TCP segments with payload from
 * and to one server's port, and counts what it drops.
 *
 * In a cgroup, beside the tap: the kernel runs all programs of a cgroup whatever the others said,
 * and drops the packet if one of them said 0 (bpf_prog_run_array_cg()). So the order of attaching
 * makes no difference: the tap has always seen what is dropped here, and sees it again.
 *
 *   drop_egress	TCP is told at once (-EPERM) and keeps the bytes; it offers them again, by
 *			then perhaps in one segment with bytes that were written later
 *   drop_ingress	TCP's peer is not told and retransmits: the tap of the receiving side sees
 *			commands twice, that of the sending side responses twice
 *
 * What is dropped so leaves no hole in what the tap sees. Holes need a loss between the two hooks:
 *
 *   lose		on the ingress side of lo: the receiver's tap sees later segments first
 *
 * And a client that vanishes, as if its machine had lost power:
 *
 *   silence		in a cgroup, where packets leave: not one of this address does any more,
 *			farewells and acknowledgements included
 */
#include <stdbool.h>
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/pkt_cls.h>
#include <linux/tcp.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>

#define PASS 1
#define DROP 0

/* Elements of knobs. */
enum { PORT, ONE_IN, SILENT, KNOBS };

/* Elements of dropped, in the order of io.mysqlwire.exactness.Dropper. */
enum hook { EGRESS, INGRESS, WIRE, HOOKS };

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, KNOBS);
	__type(key, __u32);
	__type(value, __u32);
} knobs SEC(".maps");

/* For each hook: segments from the server, then segments to it. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2 * HOOKS);
	__type(key, __u32);
	__type(value, __u64);
} dropped SEC(".maps");

static __always_inline __u32 knob(__u32 which)
{
	__u32 *value = bpf_map_lookup_elem(&knobs, &which);

	return value ? *value : 0;
}

/* Offset of the TCP header from the IP header, 0 when there is none. */
static __always_inline __u32 tcp_offset(struct __sk_buff *skb)
{
	struct ipv6hdr ip6;
	struct iphdr ip;

	if (bpf_skb_load_bytes_relative(skb, 0, &ip, sizeof(ip), BPF_HDR_START_NET))
		return 0;
	if (ip.version == 4)
		return ip.protocol == IPPROTO_TCP ? ip.ihl * 4 : 0;
	if (bpf_skb_load_bytes_relative(skb, 0, &ip6, sizeof(ip6), BPF_HDR_START_NET))
		return 0;
	return ip6.nexthdr == IPPROTO_TCP ? sizeof(ip6) : 0;
}

/* Whether to drop the packet, whose IP header starts at that offset. */
static __always_inline bool unlucky(struct __sk_buff *skb, __u32 ip, enum hook hook)
{
	__u32 offset = tcp_offset(skb), port = knob(PORT), one_in = knob(ONE_IN), index;
	struct tcphdr tcp;
	bool to_server;
	__u64 *counter;

	if (!offset || !one_in ||
	    bpf_skb_load_bytes_relative(skb, offset, &tcp, sizeof(tcp), BPF_HDR_START_NET))
		return false;
	to_server = bpf_ntohs(tcp.dest) == port;
	if (!to_server && bpf_ntohs(tcp.source) != port)
		return false;
	if (skb->len <= ip + offset + tcp.doff * 4 || bpf_get_prandom_u32() % one_in)
		return false;
	index = 2 * hook + to_server;
	counter = bpf_map_lookup_elem(&dropped, &index);
	if (counter)
		__sync_fetch_and_add(counter, 1);
	return true;
}

SEC("cgroup_skb/egress")
int drop_egress(struct __sk_buff *skb)
{
	return unlucky(skb, 0, EGRESS) ? DROP : PASS;
}

SEC("cgroup_skb/ingress")
int drop_ingress(struct __sk_buff *skb)
{
	return unlucky(skb, 0, INGRESS) ? DROP : PASS;
}

SEC("cgroup_skb/egress")
int silence(struct __sk_buff *skb)
{
	struct iphdr ip;

	if (bpf_skb_load_bytes_relative(skb, 0, &ip, sizeof(ip), BPF_HDR_START_NET) ||
	    ip.version != 4)
		return PASS;
	return bpf_ntohl(ip.saddr) == knob(SILENT) ? DROP : PASS;
}

SEC("tc")
int lose(struct __sk_buff *skb)
{
	return unlucky(skb, ETH_HLEN, WIRE) ? TC_ACT_SHOT : TC_ACT_OK;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
