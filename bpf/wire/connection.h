/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * What is remembered of one connection.
 *
 * The client half is written only while bytes of the client are read, the server half only while
 * bytes of mysqld are read; the two may run on different CPUs at once. Between them stands a ring
 * of commands that wait for their answer: one writer, one reader, no lock.
 *
 * Who talks to whom, and who counts it, is not known here: see struct tracked_connection.
 */
#ifndef MYSQL_WIRE_CONNECTION_H
#define MYSQL_WIRE_CONNECTION_H

#include "window.h"

/*
 * Longest account name kept, in bytes: the longest that a server knows (USERNAME_LENGTH). MySQL
 * allows 32 characters, MariaDB 128, and both keep names in utf8mb3: no character has 4 bytes.
 */
#define MYSQL_USER_MAX 384

/* Bytes of a login that are needed in one piece: header, 32 fixed bytes, the account name, NUL. */
#define MYSQL_LOGIN_HEAD (MYSQL_HEADER + 32 + MYSQL_USER_MAX + 4)

/* The same of a greeting: header, protocol, version (SERVER_VERSION_LENGTH 60), NUL, flags. */
#define MYSQL_GREETING_HEAD (MYSQL_HEADER + 1 + 60 + 1 + 22)

/* Bytes that are read at once from a segment or send, in each direction. */
#define MYSQL_CLIENT_CHUNK 64
#define MYSQL_SERVER_CHUNK 192

/* The bytes not decided on yet, then the chunk just read. */
#define MYSQL_CLIENT_WINDOW (MYSQL_LOGIN_HEAD + MYSQL_CLIENT_CHUNK)
#define MYSQL_SERVER_WINDOW (MYSQL_GREETING_HEAD + MYSQL_SERVER_CHUNK)

enum mysql_client_phase {
	CLIENT_LOGIN,   /* the next packet is the login */
	CLIENT_COMMAND, /* packets with sequence id 0 are commands */
	CLIENT_OPAQUE,  /* nothing more to be read */
	CLIENT_TOLD,    /* TLS: the server's functions tell the commands, see told.h */
};

enum mysql_server_phase {
	SERVER_GREETING,
	SERVER_AUTH,        /* login or COM_CHANGE_USER goes on */
	SERVER_START,       /* the next packet starts a response */
	SERVER_NEXT_RESULT, /* the next packet starts another result of the same command */
	SERVER_COLUMNS,     /* column definitions */
	SERVER_COLUMNS_EOF, /* the EOF after them */
	SERVER_ROWS,
	SERVER_OUT_ROWS,      /* those of a CALL's OUT parameters: its OK comes behind */
	SERVER_FIELDS,        /* column definitions of COM_FIELD_LIST, no count before them */
	SERVER_PREPARE,       /* parameter and column definitions of COM_STMT_PREPARE */
	SERVER_MAYBE_PREPARE, /* the same, if the OK before was one of COM_STMT_PREPARE */
	SERVER_LOCAL_INFILE,  /* the client sends its file, then OK or ERR */
	SERVER_OPAQUE,
};

/* Whether an EOF stands between column definitions and rows. */
enum mysql_eof_style {
	EOF_UNKNOWN, /* login not seen */
	EOF_CLASSIC,
	EOF_DEPRECATED, /* CLIENT_DEPRECATE_EOF */
};

enum mysql_proxy_state {
	PROXY_POSSIBLE, /* nothing of the client has passed */
	PROXY_LINE,     /* within a line of version 1 */
	PROXY_OVER,
};

/* Bytes of a line of version 1 at most, its end included. */
#define MYSQL_PROXY_LINE 107

/* A header of the PROXY protocol, see client_proxy.h. */
struct mysql_proxy {
	u8 state;    /* enum mysql_proxy_state */
	u8 length;   /* bytes of the line so far */
	u8 word;     /* of the line, counted from 0 */
	u8 family;   /* last byte of its second word: '4', '6' */
	u8 filled;   /* bytes in digits[] */
	u8 gap;      /* bytes of them before "::", and one more; 0: there is none */
	u8 in_group; /* digits of a group were seen */
	u8 dotted;   /* the last group ended, or ends, with a dot */
	u16 hex;     /* the group so far, read as either */
	u16 decimal;
	u8 found;      /* source is complete */
	u8 digits[16]; /* the address as far as it is written out */
	u8 source[16]; /* IPv6, or IPv4 mapped */
};

struct mysql_client {
	struct mysql_segment segment;
	struct mysql_stream stream;
	u32 command_end;    /* position after the last command's packet */
	u32 commands;       /* commands that want an answer, ever */
	u32 turns;          /* opaque or told: times that bytes arrived */
	u64 asked;          /* told: ns, since when a command is in flight; 0: none is */
	u8 phase;           /* enum mysql_client_phase */
	u8 sequence;        /* id of the last packet */
	u8 file;            /* packets of a LOCAL INFILE are passing */
	u8 dialogue;        /* a login's, or that of COM_CHANGE_USER, and no command since */
	u8 head;            /* ring: next entry to fill */
	u8 joined;          /* of what came before nothing is known */
	u8 waits;           /* behind a gap, for the server to answer */
	u8 gaps;            /* times that commands may have been missed */
	u8 first_gap;       /* ring: first entry behind the oldest gap still to be overcome */
	u8 last_gap;        /* ring: first entry behind the newest gap */
	u32 acknowledged;   /* position in the server's stream, the furthest */
	u32 unread_until;   /* the same, when bytes were last passed over unread */
	u32 unkept_from;    /* bytes ahead of a hole that were not kept, see parking.h */
	u32 unkept_until;   /* behind the last of them; the same as the first: none */
	u8 compresses;      /* wants the compressed protocol once it is logged in */
	u8 unread;          /* the rest of the command stands in frames that can't be read */
	u8 frame_sequence;  /* id of the last frame */
	u8 command_goes_on; /* bytes of the last command may still come: up to command_end */
	u8 parked;          /* segments may be parked, see parking.h */
	struct mysql_proxy proxy;
	u8 user_cut;                        /* the account name is longer than what is kept of it */
	u8 window[MYSQL_CLIENT_WINDOW + 8]; /* 8: bytes are moved by words */
};

struct mysql_server {
	struct mysql_segment segment;
	struct mysql_stream stream;
	u32 columns;      /* definitions still to come */
	u32 answered;     /* commands whose answer ended, ever */
	u32 turns;        /* opaque: client's turns answered */
	u32 capabilities; /* of the greeting */
	u32 mark;         /* position at which pending commands were last kept near */
	u16 taken;        /* ring: commands of the oldest entry already answered */
	u8 tail;          /* ring: oldest entry */
	u8 phase;         /* enum mysql_server_phase */
	u8 sequence;      /* id the next packet has to have */
	u8 command;       /* command byte being answered */
	u8 trailing_eofs; /* that may follow a prepare */
	u8 gaps;          /* those of the client, overcome */
	u8 blind;         /* behind a gap: an answer may be that of a command nobody knows */
	u8 fits;          /* blind: the only waiting command fits the answer that starts now */
	u8 in_step;       /* blind: answers in a row that were so */
	u8 settled;       /* the prepare whose definitions pass is counted already */
	u8 cursors;       /* rows may be fetched, and such a row looks like an OK */
	u8 progress;      /* MariaDB: progress reports before the answer */
	u8 window[MYSQL_SERVER_WINDOW + 8];
};

/*
 * Entries, a power of two. One may be used up and not yet left behind, so that a run more than 63
 * finds no place; 128 would be too many for the comparison of places in 8 bits.
 */
#define MYSQL_PENDING 64

/* No answer starts with this id. */
#define MYSQL_ANY_SEQUENCE 0

/* Equal commands that arrived together and wait for their answers. */
struct mysql_pending {
	u64 arrived;  /* ns, CLOCK_MONOTONIC, of the last byte */
	u32 position; /* of the server's stream that the client had acknowledged when it asked */
	u16 count;    /* commands */
	u8 command;   /* command byte, or COM_UNKNOWN */
	u8 sequence;  /* id that the answer starts with, or MYSQL_ANY_SEQUENCE */
};

struct mysql_connection {
	struct mysql_pending pending[MYSQL_PENDING];
	u8 user[MYSQL_USER_MAX]; /* last asked for: NUL-padded; empty while it is not known */
	u8 eof_style;     /* enum mysql_eof_style; negotiated, or inferred by the server half */
	u8 opaque;        /* enum mysql_opaque_reason + 1; 0 while readable */
	u8 compressed;    /* the compressed protocol was agreed on */
	u32 capabilities; /* of the login */
	u32 order;        /* scratch of mysql_barrier() */
	struct mysql_client client;
	struct mysql_server server;
};

/* Commands that wait for an answer. Either half may ask; the answer is as old as the question. */
static inline u32 mysql_commands_waiting(const struct mysql_connection *c)
{
	return c->client.commands - c->server.answered;
}

#endif
