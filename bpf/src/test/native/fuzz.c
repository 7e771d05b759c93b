/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fuzzer of the wire state machine (libFuzzer): both directions, cut at will.
 *
 * The input is a recipe: {u8 kind, u8 length, bytes} again and again. What must hold: no read or
 * write out of bounds (sanitizers), bounded progress (host_segment() aborts), and counts that do
 * not depend on where segments are cut.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "host_tap.h"

enum kind {
	KIND_FROM_SERVER = 1,
	KIND_OLDER = 2, /* in the first byte: the connection was there before */
	KIND_RESEND = 4,
	KIND_SKIP = 8,  /* bytes are missing before this record */
	KIND_LATE = 16, /* the last piece but one of a client's record arrives after the last */
};

static void play(struct host_tap *tap, const uint8_t *input, size_t size, u32 piece, bool reorder)
{
	u32 client = 0xfffffff0, server = 0xffffff00;
	u64 now = 1;

	memset(tap, 0, sizeof(*tap));
	if (input[0] & KIND_OLDER)
		mysql_connection_older(&tap->connection, client, server);
	else
		mysql_connection_new(&tap->connection, client, server);
	for (size_t at = 1; at + 2 <= size; now++) {
		uint8_t kind = input[at];
		u32 length = input[at + 1], acknowledged = server;
		int from_server = kind & KIND_FROM_SERVER;
		u32 *position = from_server ? &server : &client;
		const uint8_t *bytes = input + at + 2;

		if (length > size - at - 2)
			length = size - at - 2;
		at += 2 + length;
		if (kind & KIND_SKIP)
			*position += 3;
		if (!length)
			continue;
		u32 last = (length - 1) / piece;
		bool late = reorder && !from_server && kind & KIND_LATE && last > 0;

		for (u32 i = 0; i <= last; i++) {
			/* The order of arrival ends with the last piece, then the last but one. */
			u32 nth = late && i + 1 >= last ? 2 * last - 1 - i : i;
			u32 from = nth * piece, n = length - from < piece ? length - from : piece;

			host_segment(tap, from_server, *position + from, acknowledged, bytes + from,
				     n, now);
		}
		if (kind & KIND_RESEND)
			host_segment(tap, from_server, *position, acknowledged, bytes, length, now);
		*position += length;
	}
}

static bool skips(const uint8_t *input, size_t size)
{
	for (size_t at = 1; at + 2 <= size; at += 2 + input[at + 1])
		if (input[at] & KIND_SKIP)
			return true;
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
	static const u32 pieces[] = {1, 2, 3, 5, 7, 61, 64};
	struct host_tap whole, cut;

	if (size < 3)
		return 0;
	play(&whole, input, size, 1 << 16, false);
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		play(&cut, input, size, pieces[i], true);
		/*
		 * Where to begin to understand again is told by the start of a segment, so it may
		 * depend on the cuts; where nothing was lost, nothing may.
		 */
		if (input[0] & KIND_OLDER || skips(input, size) || whole.counts.malformed ||
		    whole.counts.gaps)
			continue;
		if (memcmp(&whole.counts, &cut.counts, sizeof(whole.counts))) {
			fprintf(stderr, "counts differ in pieces of %u bytes\n", pieces[i]);
			abort();
		}
	}
	return 0;
}
