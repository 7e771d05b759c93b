/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * What is remembered of one connection.
 *
 * The client half is written only while bytes of the client are read, the server half only while
 * bytes of mysqld are read; the two may run on different CPUs at once. Between them stands a ring
 * of commands that wait for their answer: one writer, one reader, no lock.
 */
#ifndef MYSQL_WIRE_CONNECTION_H
#define MYSQL_WIRE_CONNECTION_H

#include "protocol.h"

/* Order of io.mysqlwire.bpf.ResponseType. */
enum mysql_response_type {
	RESPONSE_OK,
	RESPONSE_RESULTSET,
	RESPONSE_ERR,
	RESPONSE_EOF,
	RESPONSE_LOCAL_INFILE,
	RESPONSE_STATISTICS,
	RESPONSE_STREAM,
	RESPONSE_AUTH_OK,
	RESPONSE_AUTH_ERR,
	RESPONSE_DISCONNECT,
	RESPONSE_TYPES,
};

/* Order of io.mysqlwire.bpf.Command: the command bytes 0x00 to 0x21, then these. */
enum mysql_command_class {
	COMMAND_STMT_BULK_EXECUTE = COM_LAST + 1,
	COMMAND_OTHER,
	COMMAND_CLASSES,
};

/* Order of io.mysqlwire.bpf.OpaqueReason. */
enum mysql_opaque_reason {
	OPAQUE_TLS,
	OPAQUE_COMPRESSED,
	OPAQUE_REPLICATION,
	OPAQUE_DESYNCED,
	OPAQUE_REASONS,
};

/*
 * Bytes of a packet that decisions are made on, header included. An OK needs 4 + 1 + 9 + 9 + 2 = 25
 * (two length-encoded integers before the status).
 */
#define MYSQL_HEAD 32

/*
 * Longest account name kept, in bytes: 32 characters of MySQL in UTF-8. MariaDB allows 128
 * characters; the rest of a longer name is cut off.
 */
#define MYSQL_USER_MAX 96

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

/* Position in one direction of the connection. Positions are TCP sequence numbers and wrap. */
struct mysql_stream {
	u32 seen;     /* end of the bytes that passed by */
	u32 next;     /* first byte that has to be read */
	u16 fill;     /* bytes in the window */
	u8 synced;    /* 0: the next byte's meaning is unknown, wait for a safe place to start */
	u8 continued; /* the next packet goes on with the payload of the last */
	/* The compressed protocol, see frame.h. */
	u8 framed;      /* packets travel in frames */
	u8 frame_fill;  /* bytes of a frame's header in frame[] */
	u8 frame_event; /* enum mysql_frame_event */
	u8 unused;
	u8 frame[8];    /* header of the frame, 7 bytes */
	u32 frame_left; /* bytes of the frame still to come */
	u32 skip;       /* bytes of the packets' stream to be passed over */
};

/*
 * The piece of a stream that is being walked. It is kept here and not on the stack of a kernel
 * program, because the verifier would follow every value it may take from round to round.
 */
struct mysql_segment {
	u32 start;        /* position of the first byte */
	u32 length;       /* bytes */
	u32 acknowledged; /* client's segments: position in the server's stream */
	u64 now;          /* ns, CLOCK_MONOTONIC */
	u32 offset;       /* bytes from start to the next byte to be read */
	u32 fresh;        /* bytes never seen before */
	u32 rows;         /* found so far */
	u16 at;           /* bytes of the window already decided on */
	u8 walked;        /* there is something to walk */
	u8 refill;        /* more bytes are needed */
	u8 done;
	u8 failed; /* the bytes could not be read; set by the tap */
	u8 ahead;  /* of a hole, in the client's stream */
};

/*
 * What one packet meant. It is kept in memory and not on the stack for the reason given above: what
 * follows is then one path for the verifier, not one for each meaning.
 */
struct mysql_outcome {
	u64 arrived; /* of the command that the response answers, 0 when there is none */
	u16 error_code;
	u8 response;      /* enum mysql_response_type + 1 of a response that ended; 0: none */
	u8 first;         /* first packet of an answer */
	u8 answered;      /* last packet of an answer */
	u8 notable;       /* anything in here is set */
	u8 command;       /* enum mysql_command_class + 1; 0: none */
	u8 login;         /* the account name is known now */
	u8 change_user;   /* the same, but it counts only once the server agrees */
	u8 malformed;     /* no packet of this protocol, or out of sequence */
	u8 unasked;       /* an answer although no command waits: commands were missed */
	u8 pipeline_full; /* a command's byte was dropped, its place kept */
	u16 unclassified; /* responses given up */
};

enum mysql_client_phase {
	CLIENT_LOGIN,   /* the next packet is the login */
	CLIENT_COMMAND, /* packets with sequence id 0 are commands */
	CLIENT_OPAQUE,  /* TLS or compression: nothing more to be read */
};

enum mysql_server_phase {
	SERVER_GREETING,
	SERVER_AUTH,        /* login or COM_CHANGE_USER goes on */
	SERVER_START,       /* the next packet starts a response */
	SERVER_NEXT_RESULT, /* the next packet starts another result of the same command */
	SERVER_COLUMNS,     /* column definitions */
	SERVER_COLUMNS_EOF, /* the EOF after them */
	SERVER_ROWS,
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

struct mysql_client {
	struct mysql_segment segment;
	struct mysql_outcome outcome;
	struct mysql_stream stream;
	u32 command_end;   /* position after the last command's packet */
	u32 commands;      /* commands that want an answer, ever */
	u32 turns;         /* opaque: times that bytes arrived */
	u8 phase;          /* enum mysql_client_phase */
	u8 sequence;       /* id of the last packet */
	u8 file;           /* packets of a LOCAL INFILE are passing */
	u8 dialogue;       /* a login's, or that of COM_CHANGE_USER, and no command since */
	u8 head;           /* ring: next entry to fill */
	u8 joined;         /* of what came before nothing is known */
	u8 waits;          /* behind a gap, for the server to answer */
	u8 gaps;           /* times that commands may have been missed */
	u8 first_gap;      /* ring: first entry behind the oldest gap still to be overcome */
	u8 last_gap;       /* ring: first entry behind the newest gap */
	u32 acknowledged;  /* position in the server's stream, the furthest */
	u32 unread_until;  /* the same, when bytes were last passed over unread */
	u32 unkept_from;   /* bytes ahead of a hole that were not kept, see parking.h */
	u32 unkept_until;  /* behind the last of them; the same as the first: none */
	u8 compresses;     /* wants the compressed protocol once it is logged in */
	u8 unread;         /* the rest of the command stands in frames that can't be read */
	u8 frame_sequence; /* id of the last frame */
	u8 user_left;      /* scratch of mysql_keep_user() */
	u8 window[MYSQL_CLIENT_WINDOW + 8]; /* 8: bytes are moved by words */
};

struct mysql_server {
	struct mysql_segment segment;
	struct mysql_outcome outcome;
	struct mysql_stream stream;
	u32 columns;      /* definitions still to come */
	u32 answered;     /* commands whose answer ended, ever */
	u32 turns;        /* opaque: client's turns answered */
	u32 capabilities; /* of the greeting */
	u16 taken;        /* ring: commands of the oldest entry already answered */
	u8 tail;          /* ring: oldest entry */
	u8 phase;         /* enum mysql_server_phase */
	u8 sequence;      /* id the next packet has to have */
	u8 command;       /* command byte being answered */
	u8 trailing_eof;  /* the definitions of a prepare may be followed by an EOF */
	u8 gaps;          /* those of the client, overcome */
	u8 blind;         /* behind a gap: an answer may be that of a command nobody knows */
	u8 fits;          /* blind: the only waiting command fits the answer that starts now */
	u8 in_step;       /* blind: answers in a row that were so */
	u8 settled;       /* the prepare whose definitions pass is counted already */
	u8 cursors;       /* rows may be fetched, and such a row looks like an OK */
	u8 progress;      /* MariaDB: progress reports before the answer */
	u8 window[MYSQL_SERVER_WINDOW + 8];
};

#define MYSQL_PENDING 8 /* entries, a power of two */

/* Equal commands that arrived together and wait for their answers. */
struct mysql_pending {
	u64 arrived;  /* ns, CLOCK_MONOTONIC, of the last byte */
	u32 position; /* of the server's stream that the client had acknowledged when it asked */
	u16 count;    /* commands */
	u8 command;   /* command byte, or COM_UNKNOWN */
	u8 sequence;  /* id that the answer starts with */
};

/*
 * Who talks to whom. Also the key that counts are kept by: padding and unused bytes are zero.
 * Addresses are IPv6, or IPv4 mapped.
 */
struct mysql_identity {
	u8 server[16];
	u8 backend[16]; /* host bits cleared, if backends are counted by network */
	u16 port;       /* of the server, host order */
	u8 other;       /* 1: stands for all the backends that there was no room for */
	u8 unused;
	u8 user[MYSQL_USER_MAX]; /* NUL-padded; empty while it is not known */
};

struct mysql_connection {
	struct mysql_pending pending[MYSQL_PENDING];
	struct mysql_identity identity;
	u8 eof_style;      /* enum mysql_eof_style; negotiated, or inferred by the server half */
	u8 opaque;         /* enum mysql_opaque_reason + 1; 0 while readable */
	u32 capabilities;  /* of the login */
	u32 backend;       /* id that counts go to */
	u32 slot;          /* index of the gauges + 1; 0 when there is none */
	u32 waiting_bytes; /* bytes of mysqld from before the backend was known */
	u8 known;          /* the backend is known */
	u8 initialised;
	u8 closed;       /* mysqld closed its end */
	u8 ingress_busy; /* a CPU reads bytes of the client */
	u8 accepted;     /* mysqld took it from the accept queue */
	u8 compressed;   /* the compressed protocol was agreed on */
	struct mysql_client client;
	struct mysql_server server;
};

static inline u8 mysql_command_class(u8 command)
{
	if (command <= COM_LAST)
		return command;
	return command == COM_STMT_BULK_EXECUTE ? COMMAND_STMT_BULK_EXECUTE : COMMAND_OTHER;
}

/* Commands that wait for an answer. Either half may ask; the answer is as old as the question. */
static inline u32 mysql_commands_waiting(const struct mysql_connection *c)
{
	return c->client.commands - c->server.answered;
}

#endif
