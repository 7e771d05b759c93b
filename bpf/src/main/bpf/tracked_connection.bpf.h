/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* What is remembered of a connection, and where: with its socket. */
#ifndef MYSQL_WIRE_TRACKED_CONNECTION_H
#define MYSQL_WIRE_TRACKED_CONNECTION_H

#include "kernel.h"
#include "layout.h"
#include "outcome.h"
#include "parking.h"
#include "records.h"
#include "told.h"

/* An account that a client asked for: with its login, or with COM_CHANGE_USER. */
struct asked_account {
	u32 number; /* of the command among those that want an answer; 0: the login */
	u32 cut;    /* as in struct mysql_place */
	u8 user[MYSQL_USER_MAX] __attribute__((aligned(8)));
};

/*
 * Accounts that may wait for mysqld's answer at once, a power of two. A client that waits for
 * answers needs two: the tracing tap may see an answer later than what the client asks next.
 */
#define ASKED_ACCOUNTS 2

/* A call of a thread of mysqld, by what two calls can hardly have in common, see is_new_call(). */
struct unix_call {
	u64 message;    /* address of its struct msghdr, on the thread's kernel stack */
	u64 waits;      /* times that the thread had waited */
	u64 bytes;      /* address of those sent or received */
	u32 length;     /* bytes */
	u32 generation; /* of the programs that read it */
	u32 copies;     /* of the program that have seen it, a bit for each */
	u32 unused;
};

/* What a connection through a unix-domain socket has beside the others. */
struct unix_end {
	struct unix_call sent, received;
	u64 unread_since; /* ns, CLOCK_MONOTONIC: the client sent what mysqld has yet to receive; 0:
			     it has all */
	u64 sent_at;      /* ns: the newest of those, while there are any */
	u32 header;       /* of a packet, as received last when the stream was out of step */
	u8 older;         /* was there before the programs */
	u8 has_header;
	u8 unused[2];
};

/*
 * A connection of a server: its place in the network, who counts it, and the wire state machine's
 * memory of it. Freed by the kernel with its socket.
 */
struct tracked_connection {
	struct bpf_spin_lock guard; /* of what both halves decide on, see login.bpf.h */
	u8 initialised;
	u8 accepted;               /* mysqld took it from the accept queue */
	u8 closed;                 /* mysqld closed its end */
	u8 ingress_busy;           /* a CPU reads bytes of the client */
	u8 known;                  /* the backend is known */
	u8 asking[ASKED_ACCOUNTS]; /* asked[] at this index waits for mysqld's answer */
	u8 has_early;              /* there are early commands */
	u8 passed_over;            /* bytes of the client passed by while another CPU read */
	u8 process_noted;          /* the process that sends is among mysqld_processes */
	u32 backend;               /* id that counts go to */
	u32 slot;                  /* index of the gauges + 1; 0 when there is none */
	u32 waiting_bytes;         /* bytes of mysqld from before the backend was known */
	u32 passed_end;            /* position behind the client's bytes passed over */
	u8 tls;                    /* enum tls_state */
	u8 lone_flights;           /* answers in a row without plaintext */
	u8 session_opened;
	u8 contradicts; /* the server's plaintext made no sense: its binary was told */
	u32 lone_read;  /* position that mysqld had read to at the last of them */
	u32 plain;      /* position in the server's plaintext */
	u64 greeted;    /* ns, CLOCK_MONOTONIC: the tracing tap saw the greeting; 0: it did not */
	struct session_key session;
	struct mysql_records records;
	u64 subflow; /* MPTCP: cookie of the TCP socket that is read */
	struct mysql_place place;
	/* Scratch, too large for a stack: of the client's half, of mysqld's, and of the end. */
	struct mysql_identity arriving, answered, closing;
	struct asked_account asked[ASKED_ACCOUNTS]; /* by number */
	u32 early[COMMAND_CLASSES]; /* commands from before it was known whose they are */
	struct mysql_outcome client_outcome, server_outcome;
	struct unix_end unix_end;
	struct mysql_connection wire;
};

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct tracked_connection);
} connections SEC(".maps");

/* Made for a connection when its first segment arrives ahead of a hole. */
struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct mysql_parking);
} parkings SEC(".maps");

#endif
