/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A decoder of answers as a client has it: whole messages, one after another, from the protocol's
 * documentation (dev.mysql.com/doc/dev/mysql-server, "Client/Server Protocol"; MariaDB's "Client/
 * Server Protocol"). It shares nothing with the state machine.
 */
#ifndef MYSQL_WIRE_FIELDS_DECODER_H
#define MYSQL_WIRE_FIELDS_DECODER_H

#include <stdbool.h>
#include <stddef.h>

#include "protocol.h"

/* What an answer counts as. */
struct decoded {
	u64 oks, results, errors, eofs, files, rows;
	bool sound; /* the answer is one of this protocol, and complete */
};

struct decoder {
	const u8 *at, *end;
	u8 id;
	const u8 *message; /* first packet's payload; the others' begin with nothing of interest */
	u64 length;        /* of the whole message */
	bool any_id, failed;
};

static inline bool decode_message(struct decoder *d)
{
	u32 bytes;

	d->length = 0;
	d->message = d->at + 4;
	do {
		if (d->end - d->at < 4) {
			d->failed = true;
			return false;
		}
		bytes = d->at[0] | d->at[1] << 8 | d->at[2] << 16;
		if (d->end - d->at - 4 < bytes || (d->at[3] != d->id && !d->any_id)) {
			d->failed = true;
			return false;
		}
		d->any_id = false;
		d->id = d->at[3] + 1;
		d->at += 4 + bytes;
		d->length += bytes;
	} while (bytes == 0xffffff);
	return true;
}

/* Protocol::LengthEncodedInteger; *size: its bytes, 0 where there is none. */
static inline u64 decode_integer(const u8 *at, u64 left, u32 *size)
{
	u32 bytes = 0;
	u64 value = 0;

	*size = 0;
	if (!left || at[0] == 0xfb || at[0] == 0xff)
		return 0;
	if (at[0] >= 0xfc)
		bytes = at[0] == 0xfc ? 2 : at[0] == 0xfd ? 3 : 8;
	if (left < 1 + bytes)
		return 0;
	*size = 1 + bytes;
	if (!bytes)
		return at[0];
	for (u32 i = bytes; i; i--)
		value = value << 8 | at[i];
	return value;
}

static inline u16 decode_u16(const u8 *at)
{
	return at[0] | at[1] << 8;
}

/* Status of an OK_Packet with CLIENT_PROTOCOL_41. */
static inline u16 decode_ok_status(const struct decoder *d)
{
	u32 rows, id;

	decode_integer(d->message + 1, d->length - 1, &rows);
	decode_integer(d->message + 1 + rows, d->length - 1 - rows, &id);
	return decode_u16(d->message + 1 + rows + id);
}

/* Of what ends rows: an EOF_Packet, or an OK_Packet where EOFs are deprecated. */
static inline u16 decode_end_status(const struct decoder *d, bool eofs)
{
	return eofs ? decode_u16(d->message + 3) : decode_ok_status(d);
}

static inline void decode_skip(struct decoder *d, u64 messages)
{
	while (messages-- && decode_message(d))
		;
}

/* COM_STMT_PREPARE_OK; a message longer than 12 bytes says whether definitions follow. */
static inline void decode_prepared(struct decoder *d, bool eofs, struct decoded *out)
{
	u16 columns = decode_u16(d->message + 5), parameters = decode_u16(d->message + 7);
	bool metadata = d->length == 12 || d->message[12];

	decode_skip(d, metadata ? parameters : 0);
	decode_skip(d, eofs && parameters);
	decode_skip(d, metadata ? columns : 0);
	decode_skip(d, eofs && columns);
	out->oks++;
}

/* Text or binary resultset; returns the status that says whether more results follow. */
static inline u16 decode_resultset(struct decoder *d, bool eofs, struct decoded *out)
{
	u16 ahead = 0, status;
	u32 size;
	u64 columns = decode_integer(d->message, d->length, &size);

	if (!size || d->length > size + 1) {
		d->failed = true;
		return 0;
	}
	if (d->length == size || d->message[size])
		decode_skip(d, columns);
	if (eofs && decode_message(d))
		ahead = decode_u16(d->message + 3);
	if (ahead & 0x0040 /* SERVER_STATUS_CURSOR_EXISTS */) {
		out->results++;
		return ahead;
	}
	while (decode_message(d)) {
		if (d->message[0] == 0xff) {
			out->errors++;
			return 0;
		}
		if (d->message[0] == 0xfe && d->length < 0xffffff)
			break;
		out->rows++;
	}
	if (d->failed)
		return 0;
	out->results++;
	status = decode_end_status(d, eofs);
	/* SERVER_PS_OUT_PARAMS with SERVER_MORE_RESULTS_EXISTS */
	return (ahead & 0x1008) == 0x1008 ? status | 8 : status;
}

/* The answer to one command. */
static inline struct decoded decode(const u8 *bytes, size_t size, u8 command, u8 first_id,
				    bool eofs)
{
	struct decoder d = {.at = bytes, .end = bytes + size, .id = first_id};
	struct decoded out = {};
	u16 status = 8; /* SERVER_MORE_RESULTS_EXISTS */

	while (status & 8 && !d.failed && decode_message(&d)) {
		status = 0;
		if (d.message[0] == 0xff) {
			out.errors++;
		} else if (command == 0x16 /* COM_STMT_PREPARE */) {
			decode_prepared(&d, eofs, &out);
		} else if (d.message[0] == 0x00) {
			out.oks++;
			status = decode_ok_status(&d);
		} else if (d.message[0] == 0xfe && d.length < 9) {
			out.eofs++;
			status = decode_end_status(&d, d.length == 5);
		} else if (d.message[0] == 0xfb) {
			d.any_id = true;
			if (decode_message(&d)) {
				out.files++;
				status = decode_ok_status(&d);
			}
		} else {
			status = decode_resultset(&d, eofs, &out);
		}
	}
	out.sound = !d.failed && d.at == d.end;
	return out;
}

#endif
