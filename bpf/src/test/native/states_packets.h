/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of each form of packet, as the servers write them. */
#ifndef MYSQL_WIRE_STATES_PACKETS_H
#define MYSQL_WIRE_STATES_PACKETS_H

#include <string.h>

#include "states_capabilities.h"

/* Those of the table, then what only leads to a state or away. */
enum packet_form {
	OK_,
	OK_MORE,
	OK_TRACKED,
	OK_PREPARED, /* one parameter */
	BINARY_ROW,
	CLOSING_OK,
	CLOSING_OK_MORE,
	EOF_,
	EOF_MORE,
	EOF_CURSOR,
	EOF_OUT_PARAMETERS,
	EOF_SHORT, /* of servers for clients before 4.1 */
	AUTH_SWITCH,
	ERR,
	ERR_STATELESS, /* without SQLSTATE */
	ERR_SIGNAL,    /* 65535 */
	ERR_SIGNAL_STATELESS,
	ERR_NO_CODE,
	ERR_ID_0,
	ERR_GOODBYE, /* sequence id 0, of mysqld's own accord */
	PROGRESS,
	EMPTY,
	COUNT,
	COUNT_ONLY, /* definitions left out */
	DEFINITION,
	TEXT_ROW,
	NULL_ROW,
	INFILE_REQUEST,
	AUTH_MORE,
	NEXT_FACTOR,
	STATISTICS_TEXT,
	PROMPT, /* MariaDB's plugin "dialog" */
	GREETING,
	OK_OUT_OF_SEQUENCE,
	ERR_OUT_OF_SEQUENCE,
	PACKET_FORMS,
	METADATA_EOF = PACKET_FORMS, /* an EOF, where the style has one */
	OK_PREPARED_TWO,             /* two parameters */
	OK_PREPARED_ONLY,            /* one, its definition left out */
	OK_PREPARED_ONLY_BOTH,       /* one and a column, their definitions left out */
	COUNT_TWO,                   /* two columns */
	SCRIPT_END,
};

#define PAYLOAD(text)                                                                              \
	{                                                                                          \
		text, sizeof(text) - 1                                                             \
	}

static const struct {
	const char *bytes;
	u8 length;
} payloads[] = {
	[OK_] = PAYLOAD("\0\0\0\2\0\0\0"),
	[OK_MORE] = PAYLOAD("\0\0\0\x0a\0\0\0"),
	/* The current schema is another one: CLIENT_SESSION_TRACK. */
	[OK_TRACKED] = PAYLOAD("\0\0\0\2\x40\0\0\0\7\1\5\4shop"),
	[OK_PREPARED] = PAYLOAD("\0\1\0\0\0\0\0\1\0\0\0\0"),
	[BINARY_ROW] = PAYLOAD("\0\0\7\0\0\0"),
	[CLOSING_OK] = PAYLOAD("\xfe\0\0\2\0\0\0"),
	[CLOSING_OK_MORE] = PAYLOAD("\xfe\0\0\x0a\0\0\0"),
	[EOF_] = PAYLOAD("\xfe\0\0\2\0"),
	[EOF_MORE] = PAYLOAD("\xfe\0\0\x0a\0"),
	[EOF_CURSOR] = PAYLOAD("\xfe\0\0\x42\0"),
	[EOF_OUT_PARAMETERS] = PAYLOAD("\xfe\0\0\x0a\x10"),
	[EOF_SHORT] = PAYLOAD("\xfe"),
	[AUTH_SWITCH] = PAYLOAD("\xfemysql_native_password\0"
				"abcdefghijklmnopqrst\0"),
	[ERR] = PAYLOAD("\xff\0\0#HY000no"),
	[ERR_STATELESS] = PAYLOAD("\xff\0\0no"),
	[ERR_SIGNAL] = PAYLOAD("\xff\xff\xff#45000no"),
	[ERR_SIGNAL_STATELESS] = PAYLOAD("\xff\xff\xffno"),
	[ERR_NO_CODE] = PAYLOAD("\xff"),
	[ERR_ID_0] = PAYLOAD("\xff\0\0#08S01no"),
	[ERR_GOODBYE] = PAYLOAD("\xff\0\0#08S01no"),
	/* Stage 1 of 2, 50 %. */
	[PROGRESS] = PAYLOAD("\xff\xff\xff\1\1\2\x50\xc3\0\4sort"),
	[EMPTY] = PAYLOAD(""),
	[COUNT] = PAYLOAD("\1"),
	[COUNT_ONLY] = PAYLOAD("\1\0"),
	[DEFINITION] = PAYLOAD("\3def\0\0\0\1a\0\x0c\x3f\0\1\0\0\0\x03\x80\0\0\0"),
	[TEXT_ROW] = PAYLOAD("\0011"),
	[NULL_ROW] = PAYLOAD("\xfb"),
	[INFILE_REQUEST] = PAYLOAD("\xfb/tmp/rows.csv"),
	[AUTH_MORE] = PAYLOAD("\1\3"),
	[NEXT_FACTOR] = PAYLOAD("\2auth_webauthn\0"),
	[STATISTICS_TEXT] = PAYLOAD("Uptime: 7  Threads: 1"),
	[PROMPT] = PAYLOAD("\4Password: "),
	[OK_OUT_OF_SEQUENCE] = PAYLOAD("\0\0\0\2\0\0\0"),
	[ERR_OUT_OF_SEQUENCE] = PAYLOAD("\xff\0\0#HY000no"),
	[METADATA_EOF] = PAYLOAD("\xfe\0\0\2\0"),
	[OK_PREPARED_TWO] = PAYLOAD("\0\1\0\0\0\0\0\2\0\0\0\0"),
	[OK_PREPARED_ONLY] = PAYLOAD("\0\1\0\0\0\0\0\1\0\0\0\0\0"),
	[OK_PREPARED_ONLY_BOTH] = PAYLOAD("\0\1\0\0\0\1\0\1\0\0\0\0\0"),
	[COUNT_TWO] = PAYLOAD("\2"),
};

/* 0a version NUL thread:4 scramble:8 00 flags:2 charset status:2 flags:2 21 0:10 scramble plugin */
static inline u8 greeting_payload(const struct capabilities *with, char *to)
{
	u32 flags = with->offered;
	char *at = to;

	*at++ = PACKET_PROTOCOL_10;
	at = stpcpy(at, with->version) + 1;
	memcpy(at, "\1\0\0\0abcdefgh\0", 13);
	at += 13;
	*at++ = flags;
	*at++ = flags >> 8;
	memcpy(at, "\x2d\2\0", 3);
	at += 3;
	*at++ = flags >> 16;
	*at++ = flags >> 24;
	memcpy(at, "\x15\0\0\0\0\0\0\0\0\0\0ijklmnopqrst\0mysql_native_password\0", 46);
	return at + 46 - to;
}

/* Returns its bytes. An ERR that has no code of its own has this one. */
static inline u8 form_payload(u8 form, u16 code, const struct capabilities *with, char *to)
{
	u8 length = payloads[form].length;

	if (form == GREETING)
		return greeting_payload(with, to);
	memcpy(to, payloads[form].bytes, length);
	if (form == ERR || form == ERR_STATELESS || form == ERR_ID_0 || form == ERR_GOODBYE ||
	    form == ERR_OUT_OF_SEQUENCE) {
		to[1] = code;
		to[2] = code >> 8;
	}
	return length;
}

#endif
