/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* What maps hold of the servers themselves: where they listen, their names, their functions. */
#ifndef MYSQL_WIRE_LAYOUT_SERVERS_H
#define MYSQL_WIRE_LAYOUT_SERVERS_H

#include "protocol.h"

/* Most bytes of the name that a unix-domain socket is bound to (sun_path). */
#define UNIX_NAME_MAX 108

/* Names that have a number; sockets past them count for the server "other". */
#define UNIX_NAMES 64

/* Key of the map unix_names; the value is the name's number, a u32 from 1 on. */
struct unix_name {
	u8 bytes[UNIX_NAME_MAX]; /* as bound, zeros behind it; an abstract name begins with NUL */
	u32 length;
};

/* Key of the hash listeners: where a mysqld or mariadbd takes connections. */
struct listener_key {
	u8 address[16]; /* IPv6, or IPv4 mapped; all zero behind the mapping: any address */
	u32 namespace;  /* as in struct mysql_place */
	u16 port;       /* host order */
	u16 unused;
};

struct listener {
	u64 socket;  /* its cookie; 0: it was there before the programs */
	u32 process; /* as the first PID namespace numbers it */
	u32 unused;
};

#define MAX_LISTENERS 1024

/* Binaries of servers whose functions are probed at once. */
#define MAX_BINARIES 64

/* Cookie of such a probe: the binary's index, and a flag. */
#define PROBE_MYSQL        1 /* dispatch_command() has the arguments of MySQL */
#define PROBE_BINARY_SHIFT 1

/* Element of the array server_binaries. */
struct server_binary {
	u64 device;         /* st_dev of stat(2) */
	u64 inode;          /* 0: the element is free */
	u64 since;          /* ns, CLOCK_MONOTONIC: all its functions are probed; 0: not yet */
	u64 connections;    /* encrypted ones that were read */
	u64 contradictions; /* of what its functions are called with to what it sends */
};

/*
 * Whether what the functions of a binary are called with contradicts what it sends too often to be
 * believed: they are not what their names say, as in a fork.
 */
static inline int mysql_is_condemned(const struct server_binary *binary)
{
	return binary->contradictions >= 4 && binary->contradictions > binary->connections / 16;
}

/* Key of the hash sessions. */
struct session_key {
	u64 thd;     /* address of the server's own memory of the connection; 0: not known */
	u32 process; /* its id */
	u32 unused;
};

/*
 * An encrypted connection, to the server's functions. Written where bytes arrive, where a command
 * begins and where the answer is sent, each to members of its own but for since.
 */
struct session {
	u64 newest;               /* ns, CLOCK_MONOTONIC: when bytes last arrived */
	u64 since;                /* the same: a command is in flight since; 0: none is */
	u64 arrived;              /* the last byte of command came */
	u64 net_buffer;           /* address that was last written from */
	u32 backend;              /* id that commands count for */
	u32 slot;                 /* of the gauges + 1; 0: none */
	u32 end;                  /* position behind what arrived */
	u32 bytes;                /* encrypted ones that arrived since the last command */
	u32 command_bytes;        /* and for command */
	u32 segments;             /* that arrived, ever */
	u32 segments_of_commands; /* of them, when the last command began */
	u8 command;               /* that was begun last and wants an answer */
	u8 waits;                 /* it has no answer yet */
	u8 told;                  /* it is among pending commands */
	u8 unused;
};

#endif
