// SPDX-License-Identifier: Apache-2.0
/*
 * Every field that the state machine reads, over its range: answers are counted as a decoder of
 * whole messages counts them (fields_decoder.h), and a PING behind each of them is in step. ERR
 * codes and what OKs say are in forms.c.
 */
#include "fields_line.h"

/* One definition and the EOF behind it. */
static void header(const struct capabilities *with)
{
	answer_starts(&answer, 1);
	MESSAGE(&answer, "\1");
	answer_definitions(&answer, 1);
	if (with->style == STYLE_EOFS)
		answer_end(&answer, true, 0, 2);
}

static void play_status(const struct capabilities *with, u16 status, u16 warnings)
{
	bool eofs = with->style == STYLE_EOFS, more = status & SERVER_MORE_RESULTS_EXISTS;

	header(with);
	MESSAGE(&answer, "\0011");
	answer_end(&answer, eofs, warnings, status);
	if (more)
		answer_ok(&answer, warnings, 2);
	play(with, 0x03, "status behind rows", status);

	answer_starts(&answer, 1);
	answer_end(&answer, eofs, warnings, status);
	if (more)
		answer_ok(&answer, warnings, 2);
	play(with, 0x1b, "status of an EOF alone", status);

	answer_starts(&answer, 1);
	MESSAGE(&answer, "\xfbrows.csv");
	answer.id += 3;
	answer_ok(&answer, warnings, status);
	if (more)
		answer_end(&answer, eofs, warnings, 2);
	play(with, 0x03, "status behind a file", status);

	if (!eofs)
		return;
	answer_starts(&answer, 1);
	MESSAGE(&answer, "\1");
	answer_definitions(&answer, 1);
	answer_end(&answer, true, warnings, status);
	if (!(status & SERVER_STATUS_CURSOR_EXISTS)) {
		MESSAGE(&answer, "\0\0\7\0\0\0");
		answer_end(&answer, true, warnings, 2);
		more = more && status & SERVER_PS_OUT_PARAMS;
	}
	if (more)
		answer_ok(&answer, warnings, 2);
	play(with, 0x17, "status ahead of rows", status);
}

/* Each value once as status and once as number of warnings. */
static void play_statuses(const struct capabilities *with)
{
	for (u32 value = 0; value < 1 << 16; value += with->every_code ? 1 : 17) {
		play_status(with, value, 0);
		play_status(with, 2, value);
	}
}

/* The number of columns in each form of the integer that can hold it. */
static void play_columns(const struct capabilities *with, u32 columns, u8 flag)
{
	static const u8 prefixes[] = {0, 0xfc, 0xfd};

	for (u32 bytes = columns < 0xfb      ? 0
			 : columns < 1 << 16 ? 2
					     : 3;
	     bytes <= 3; bytes += bytes ? 1 : 2) {
		u8 count[5] = {bytes ? prefixes[bytes - 1] : columns, columns, columns >> 8,
			       columns >> 16};

		count[1 + bytes] = flag;
		answer_starts(&answer, 1);
		answer_message(&answer, count, 1 + bytes + (flag != 0xff));
		answer_definitions(&answer, flag ? columns : 0);
		if (with->style == STYLE_EOFS)
			answer_end(&answer, true, 0, 2);
		MESSAGE(&answer, "\0011");
		answer_end(&answer, with->style == STYLE_EOFS, 0, 2);
		play(with, 0x03, "columns", columns);
	}
}

/* MySQL's 13th byte, and none. */
static void play_prepared(const struct capabilities *with, u16 columns, u16 parameters,
			  u16 warnings)
{
	bool eofs = with->style == STYLE_EOFS;

	for (int flag = -1; flag < 2; flag++) {
		u8 ok[] = {0,
			   1,
			   0,
			   0,
			   0,
			   columns,
			   columns >> 8,
			   parameters,
			   parameters >> 8,
			   0,
			   warnings,
			   warnings >> 8,
			   flag};

		answer_starts(&answer, 1);
		answer_message(&answer, ok, sizeof(ok) - (flag < 0));
		answer_definitions(&answer, flag ? parameters : 0);
		if (eofs && parameters)
			answer_end(&answer, true, 0, 2);
		answer_definitions(&answer, flag ? columns : 0);
		if (eofs && columns)
			answer_end(&answer, true, 0, 2);
		play(with, 0x16, "definitions of a prepare", (u32)columns << 16 | parameters);
	}
}

static void play_counts(const struct capabilities *with)
{
	static const u32 edges[] = {1,   2,   3,    249,  250,  251,   252,   253,   254,  255,
				    256, 257, 4096, 4097, 0xfb, 65534, 65535, 65536, 65537};
	u32 edge, other;

	for (u32 i = 0; i < sizeof(edges) / sizeof(edges[0]); i++) {
		for (int flag = 0; flag < 2; flag++)
			play_columns(with, edges[i], flag);
		play_columns(with, edges[i], 0xff);
	}
	for (u32 i = 0; i < sizeof(edges) / sizeof(edges[0]); i++)
		for (u32 j = 0; j < sizeof(edges) / sizeof(edges[0]); j++) {
			edge = edges[i] & 0xffff;
			other = edges[j] & 0xffff;
			if (edge > 4097 && other > 4097)
				continue;
			play_prepared(with, edge, other, i);
			play_prepared(with, 0, other, 0xffff);
			play_prepared(with, edge, 0, 0xff00);
		}
	for (u32 warnings = 0; warnings < 1 << 16; warnings += with->every_code ? 1 : 257)
		play_prepared(with, 1, 0, warnings);
}

/* Rows until the ids have wrapped twice. */
static void play_ids(const struct capabilities *with)
{
	for (u32 rows = 0; rows < 600; rows++) {
		header(with);
		for (u32 i = 0; i < rows; i++)
			MESSAGE(&answer, "\0011");
		answer_end(&answer, with->style == STYLE_EOFS, 0, 2);
		play(with, 0x03, "rows", rows);
		answer_starts(&answer, 1);
		MESSAGE(&answer, "\xfbrows.csv");
		answer.id = rows;
		answer_ok(&answer, 0, 2);
		play(with, 0x03, "id behind a file", rows);
	}
}

/* Lengths about those where a message goes on in a packet of its own, which may be empty. */
static void play_lengths(const struct capabilities *with)
{
	static const u8 fills[] = {0, 0xfb, 0xfe, 0xff};
	u32 length;

	for (u32 packets = 1; packets < 4; packets++)
		for (int off = -2; off < 3; off++) {
			length = packets * MYSQL_MAX_PAYLOAD + off;
			for (u32 i = 0; i < sizeof(fills); i++) {
				header(with);
				answer_long(&answer, "\xfe\1\1\1\1\0\0\0\0", 9, fills[i],
					    length < MYSQL_MAX_PAYLOAD ? MYSQL_MAX_PAYLOAD
								       : length);
				answer_long(&answer, "\0\0", 2, fills[i], length);
				MESSAGE(&answer, "\0011");
				answer_end(&answer, with->style == STYLE_EOFS, 0, 2);
				play(with, 0x03, "length of a row", length);
			}
			answer_starts(&answer, length / MYSQL_MAX_PAYLOAD + 1);
			answer_ok(&answer, 0, 2);
			play_asked(with, 0x03, length, "length of a command", length, 1460);
		}
}

/* Each bit of the flags that the server offers, with each that the client asks for. */
static void play_flags(void)
{
	char login[] = LOGIN_41("\x08", "\0");
	struct capabilities with = {
		.name = "flags", .login = login, .login_length = sizeof(login) - 1};
	char version[61] = "";

	for (u32 bits = 0; bits < 32 * 32; bits++) {
		u32 offered = ALL_BUT_EOFS ^ 1u << bits % 32, wanted = 0x0008a285 ^ 1u << bits / 32;
		bool tls = wanted & CLIENT_SSL;

		/* What is compressed can't be read, and the login is another one before 4.1. */
		if (offered & wanted & MYSQL_COMPRESSION || !(wanted & CLIENT_PROTOCOL_41) || tls)
			continue;
		memset(version, '8', bits % 60);
		version[bits % 60] = 0;
		with.version = version;
		with.offered = offered;
		with.style = offered & wanted & CLIENT_DEPRECATE_EOF ? STYLE_NO_EOFS : STYLE_EOFS;
		memcpy(login, (u8[]){wanted, wanted >> 8, wanted >> 16, wanted >> 24}, 4);
		header(&with);
		MESSAGE(&answer, "\0011");
		answer_end(&answer, with.style == STYLE_EOFS, 0, 2);
		play(&with, 0x03, "bits", bits);
	}
}

int main(void)
{
	for (u32 i = 0; i < CAPABILITIES; i++) {
		const struct capabilities *with = &capabilities[i];

		if (with->style == STYLE_UNKNOWN)
			continue;
		play_statuses(with);
		play_counts(with);
		play_ids(with);
		if (with->every_code)
			play_lengths(with);
	}
	play_flags();
	free(answer.bytes);
	printf("fields: %u answers, %u failures\n", plays, failures);
	return failures != 0;
}
