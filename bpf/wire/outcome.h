/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* What one packet meant: the words that counts are kept by. */
#ifndef MYSQL_WIRE_OUTCOME_H
#define MYSQL_WIRE_OUTCOME_H

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

static inline u8 mysql_command_class(u8 command)
{
	if (command <= COM_LAST)
		return command;
	return command == COM_STMT_BULK_EXECUTE ? COMMAND_STMT_BULK_EXECUTE : COMMAND_OTHER;
}

/* Order of io.mysqlwire.bpf.OpaqueReason. */
enum mysql_opaque_reason {
	OPAQUE_TLS,
	OPAQUE_COMPRESSED,
	OPAQUE_REPLICATION,
	OPAQUE_DESYNCED,
	OPAQUE_MPTCP, /* bytes travel on several paths, or on one that is not seen */
	OPAQUE_KTLS,  /* the kernel encrypts: what the server sends is not seen */
	OPAQUE_X_PROTOCOL,
	OPAQUE_GROUP_REPLICATION,
	OPAQUE_REASONS,
};

/*
 * What one packet meant. It is to be kept in memory and not on the stack for the reason given
 * above: what follows is then one path for the verifier, not one for each meaning.
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
	u8 proxied;       /* a load balancer has said who the client is */
	u8 malformed;     /* no packet of this protocol, or out of sequence */
	u8 stranger;      /* speaks another protocol: never got past the greeting, loses nothing */
	u8 unasked;       /* an answer although no command waits: commands were missed */
	u8 pipeline_full; /* a command's byte was dropped, its place kept */
	u16 unclassified; /* responses given up */
};

#endif
