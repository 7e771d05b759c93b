/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * TLS records as the server sends them, and which of its plaintext is in them.
 *
 * The server's own function for encrypted writes says what it wants to be sent: a struct
 * mysql_write of the thread. Records that TCP takes below it are those of that plaintext, in order,
 * each with as much as fits (RFC 8446, 5.1; TLS libraries of servers send no smaller ones). Neither
 * keys nor the library below need be known.
 *
 *	mysql_records_enter()			the next bytes that TCP took
 *	repeat until records.offset == records.length
 *		n = mysql_record_refill()	read n bytes at records.offset to header + fill
 *		mysql_record_filled()
 */
#ifndef MYSQL_WIRE_RECORDS_H
#define MYSQL_WIRE_RECORDS_H

#include "bytes.h"

#define MYSQL_RECORD_HEADER    5 /* type u8, version u16, length u16, big endian */
#define MYSQL_RECORD_PLAINTEXT 16384
#define MYSQL_RECORD_MAX       (MYSQL_RECORD_PLAINTEXT + 2048) /* TLS 1.2: RFC 5246, 6.2.3 */

/*
 * What encryption adds to a record. The least is a tag of AES-GCM (16); the most is an IV (16), an
 * HMAC-SHA384 (48) and padding (16) of the CBC suites of TLS 1.2.
 */
#define MYSQL_OVERHEAD_MIN 16
#define MYSQL_OVERHEAD_MAX 80

enum mysql_record_type {
	RECORD_CIPHER = 20, /* change_cipher_spec */
	RECORD_ALERT = 21,
	RECORD_HANDSHAKE = 22,
	RECORD_DATA = 23, /* TLS 1.3: also encrypted handshake messages */
};

/* What a thread of the server was last asked to send encrypted. */
struct mysql_write {
	u64 buffer; /* address in its memory */
	u32 size;   /* bytes */
	u32 begun;  /* bytes of them that are in records which TCP has begun to take */
	u32 sent;   /* bytes in records that TCP has taken to their end */
	u32 unused;
};

struct mysql_records {
	u32 seen;      /* position behind the bytes that TCP took */
	u32 left;      /* bytes of the record still to come */
	u32 plain;     /* bytes of plaintext in it */
	u32 length;    /* bytes taken now */
	u32 offset;    /* those of them that are read */
	u8 fill;       /* bytes in header[] */
	u8 header[12]; /* 5, and room that the verifier wants to see */
	u8 broken;     /* bytes were not seen: a record starts with the next write */
	u8 strange;    /* no records, or lengths that don't fit what was to be sent */
	u8 lone;       /* records of data without a write above them, in these bytes */
	u8 ciphered;   /* the server has changed to encryption */
	u8 until_12;   /* TLS 1.2 or before: there its handshake went on in the clear */
};

/*
 * Bytes from position start on were taken.
 *
 * write: what the thread was last asked to send
 *
 * Returns 0 when they can't be read: a record starts somewhere in them.
 */
MYSQL_INLINE int mysql_records_enter(struct mysql_records *records, const struct mysql_write *write,
				     u32 start, u32 length)
{
	if (start != records->seen)
		records->broken = 1;
	records->seen = start + length;
	records->length = length;
	records->offset = 0;
	records->lone = 0;
	if (!records->broken)
		return 1;
	records->fill = 0;
	records->left = 0;
	records->plain = 0;
	return write->size && !write->begun;
}

/*
 * Goes on in the record. Returns how many bytes of a header to read, 0 when none are needed now.
 */
MYSQL_INLINE u32 mysql_record_refill(struct mysql_records *records)
{
	u32 left = records->length - records->offset, need = MYSQL_RECORD_HEADER - records->fill;

	if (records->left)
		return 0;
	return left < need ? left : need;
}

/* The record is complete: so is the plaintext in it. */
MYSQL_INLINE void mysql_record_ended(struct mysql_records *records, struct mysql_write *write)
{
	/* Not if the thread has given it up since, and writes something else. */
	if (write->sent + records->plain <= write->begun)
		write->sent += records->plain;
	records->plain = 0;
}

/* The header of a record is complete. */
MYSQL_INLINE void mysql_record_begins(struct mysql_records *records, struct mysql_write *write)
{
	u8 type = records->header[0];
	u32 length = (u32)records->header[3] << 8 | records->header[4], rest, plain;

	records->fill = 0;
	if (type < RECORD_CIPHER || type > RECORD_DATA || records->header[1] != 3 ||
	    length > MYSQL_RECORD_MAX) {
		records->strange = 1;
		return;
	}
	records->left = length;
	if (type == RECORD_HANDSHAKE && records->ciphered)
		records->until_12 = 1;
	if (type == RECORD_CIPHER)
		records->ciphered = 1;
	if (type != RECORD_DATA)
		return;
	rest = write->size - write->begun;
	if (!rest) {
		records->lone = 1;
		return;
	}
	plain = rest < MYSQL_RECORD_PLAINTEXT ? rest : MYSQL_RECORD_PLAINTEXT;
	if (length - plain - MYSQL_OVERHEAD_MIN > MYSQL_OVERHEAD_MAX - MYSQL_OVERHEAD_MIN) {
		records->strange = 1;
		return;
	}
	write->begun += plain;
	records->plain = plain;
	records->broken = 0;
}

/* Address of the plaintext that is complete since so much of it was. */
MYSQL_INLINE u64 mysql_plaintext(const struct mysql_write *write, u32 sent)
{
	return write->buffer + sent;
}

/* Takes in the bytes of a header that were read, or those of the record that need not be. */
MYSQL_INLINE void mysql_record_filled(struct mysql_records *records, struct mysql_write *write,
				      u32 bytes)
{
	u32 left = records->length - records->offset;

	if (!records->left) {
		records->offset += bytes;
		records->fill += bytes;
		if (records->fill < MYSQL_RECORD_HEADER)
			return;
		mysql_record_begins(records, write);
	} else {
		if (left > records->left)
			left = records->left;
		records->offset += left;
		records->left -= left;
	}
	if (!records->left)
		mysql_record_ended(records, write);
}

#endif
