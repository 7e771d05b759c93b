/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * What the kernel programs and the JNI shim both know: keys and values of the maps.
 */
#ifndef MYSQL_WIRE_LAYOUT_H
#define MYSQL_WIRE_LAYOUT_H

#include "connection.h"
#include "layout_servers.h"
#include "outcome.h"
#include <linux/bpf.h>

/* Order of io.mysqlwire.bpf.LostReason. */
enum mysql_lost_reason {
	LOST_BACKENDS_FULL,
	LOST_CONNECTIONS_FULL,
	LOST_RESPONSES_FULL,
	LOST_MEMORY,
	LOST_PIPELINE_FULL,
	LOST_RESPONSE_GAP,
	LOST_COMMAND_GAP,
	LOST_UNREADABLE,
	LOST_WALK_LIMIT,
	LOST_MALFORMED,
	LOST_FSYNCS_FULL,
	LOST_FSYNC_GAP,
	LOST_LISTENERS_FULL,
	LOST_REASONS,
};

/*
 * Raised with every change of what lies in a map: keys, values, their order and what they mean,
 * also of those that only the programs read. Pinned maps of another version are never read. `make
 * test` notices a change.
 */
#define LAYOUT_VERSION 2

#define MAX_PORTS 16

/* Numbers that a port may have. */
#define PORTS 65536

/* The only element of the map description: what was loaded. */
struct tap_description {
	u32 layout;  /* LAYOUT_VERSION */
	u32 tracing; /* the tracing tap */
	u32 max_backends;
	u32 ipv4_prefix; /* bits that backends are counted by */
	u32 ipv6_prefix;
	u32 attachments;      /* to a cgroup; more than 1 when that was made anew */
	u64 cgroup;           /* inode of the watched cgroup's directory */
	u64 since[MAX_PORTS]; /* ns, CLOCK_MONOTONIC: the port is watched without a break */
	u64 servers_since;    /* the same of all that mysqld processes listen on; 0: not watched */
	u16 ports[MAX_PORTS]; /* watched; 0 ends the list */
	char tap_reason[256]; /* why that tap; UTF-8, ends with NUL */
};

/* Ids set aside for the backend "other" of each server. */
#define OTHER_BACKENDS 64

/* Id of the backend "other" when even those are used up. */
#define OTHER_BACKEND 0

/* Order of io.mysqlwire.bpf.FileClass. */
enum mysql_file_class {
	FILE_REDO,
	FILE_BINLOG,
	FILE_RELAYLOG,
	FILE_DATA,
	FILE_OTHER,
	FILE_CLASSES,
};

/* Of each program that walks bytes, with the tracing tap: see walker.bpf.h. */
#define COPIES 4

/* Keys of the map fsyncs: as many servers as have ids for their backend "other". */
#define MAX_FSYNCS (OTHER_BACKENDS * FILE_CLASSES)

/*
 * Addresses are IPv6, or IPv4 mapped. Port 0 stands for a unix-domain socket: server begins with
 * the number of its name, 0 past the last, and backend is zero unless a load balancer names one.
 */
struct mysql_place {
	u8 server[16];
	u8 backend[16]; /* host bits cleared, if backends are counted by network */
	u16 port;       /* of the server, host order */
	u8 other;       /* 1: stands for all the backends that there was no room for */
	u8 cut;         /* 1: user is the beginning of a longer name */
	u32 zone;       /* interface of link-local addresses, by index; 0 for others */
	u32 namespace;  /* network namespace, as in /proc/PID/ns/net; 0: not known */
	u32 unused;
} __attribute__((aligned(8)));

/* Who talks to whom: key of the map backend_ids, so padding and unused bytes are zero. */
struct mysql_identity {
	struct mysql_place place;
	u8 user[MYSQL_USER_MAX]; /* NUL-padded; empty while it is not known */
};

/* Buckets of both histograms: 2^4 to 2^26 microseconds, and one more without bound. */
#define LATENCY_BUCKETS       24
#define LATENCY_FIRST_LOG2_US 4

/*
 * Most records that a backend has in the array backend_counters, and most bytes of all of them:
 * per CPU they would take as much again for each CPU that is possible.
 */
#define MAX_STRIPES        16
#define COUNTERS_MAX_BYTES (48 << 20)

/*
 * Value of the array backend_counters: of backend id, as many as there are stripes from index
 * id * stripes on. Nothing but u64, so that a reader can sum them without knowing them.
 *
 * Whole cache lines, but the kernel lets the first begin 16 bytes into one. So what is rarely
 * written comes last, in the line that the next stripe writes to.
 */
struct backend_counters {
	/* Those that carry a code are counted in the map errors; here only when it was full. */
	u64 responses[RESPONSE_TYPES];
	u64 commands[COMMAND_CLASSES];
	u64 unclassified[OPAQUE_REASONS];
	u64 bytes;
	u64 rows;
	u64 writes; /* acknowledged outside of transactions: mysql_server_ok() */
	u64 latency[LATENCY_BUCKETS];
	u64 latency_ns;
	u64 command_ns;
	u64 opened;
};

/* Key of the hash errors; the value is a count, a u64. */
struct error_key {
	u32 backend;
	u16 code;
	u8 type; /* enum mysql_response_type */
	u8 unused;
};

/* Key of the hash fsyncs. */
struct fsync_key {
	u8 server[16];
	u16 port; /* host order */
	u8 file;  /* enum mysql_file_class */
	u8 unused;
	u32 zone; /* this and the next as in struct mysql_place */
	u32 namespace;
};

struct fsync_counters {
	u64 latency[LATENCY_BUCKETS];
	u64 latency_ns;
};

/*
 * Value of the hash fsyncs_in_flight; its key is the thread's id in the first pid namespace, a u32.
 * The end of a call may be missed (see fsync.bpf.h): a reader asks /proc whether the thread waits.
 */
struct fsync_in_flight {
	struct fsync_key key;
	u32 process; /* id, as the thread's */
	u64 started; /* ns, CLOCK_MONOTONIC */
};

/* Threads in an fsync at once that there is room for. Of more, some are not seen to wait. */
#define MAX_FSYNCS_IN_FLIGHT 1024

/*
 * The only element of the map gauges_used. Free gauges are given out from the lowest up, so that a
 * reader need not look at those that nobody has had yet.
 */
struct gauges_used {
	struct bpf_spin_lock guard;
	u32 peak; /* one more than the highest that was ever taken */
};

/* Element of the array gauges: what an open connection shows of itself. */
struct connection_gauge {
	u32 used;    /* a connection has it */
	u32 backend; /* id + 1; 0 before that is known */
	u32 opaque;  /* enum mysql_opaque_reason + 1; 0 while readable */
	u32 unused;
	/*
	 * Commands in flight above WAITING_COMMANDS_SHIFT, and below it when the oldest of them
	 * arrived: in 2^16 ns (66 us) of CLOCK_MONOTONIC, rounded up. One word, so that no reader
	 * sees one without the other; 22 bits are enough for MYSQL_PENDING times 65,535 commands.
	 * Without commands the time means nothing.
	 */
	u64 waiting;
};

#define WAITING_COMMANDS_SHIFT 42
#define WAITING_TIME_SHIFT     16

#endif
