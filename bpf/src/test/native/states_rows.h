/* SPDX-License-Identifier: Apache-2.0 */
/* A row of the table for each state. */
#ifndef MYSQL_WIRE_STATES_ROWS_H
#define MYSQL_WIRE_STATES_ROWS_H

#include "states_table.h"

/* clang-format off */
#define LOGIN_CELLS(goes_on) \
	"Ai Ai Ai Ai Ai  " goes_on goes_on goes_on goes_on goes_on goes_on goes_on goes_on \
	"ai ai ai ai ai ai ai ai  " goes_on goes_on goes_on goes_on goes_on goes_on goes_on \
	goes_on goes_on goes_on goes_on goes_on "Ai ai"

/* Those whose answer tells by its form what it is; 0x30: unknown to the servers. */
#define ANY_ANSWER "\x03\x02\x07\x08\x0a\x0b\x0c\x0d\x0e\x15\x17\x1a\x1b\x1f\xfa\x30"

/*
 * Cells: OK, with more behind it, with session track, of a prepare, binary row; closing OK, with
 * more; EOF, with more, of a cursor, of OUT parameters, short; AuthSwitch.
 * ERR, without SQLSTATE, 65535, without SQLSTATE, without code, with id 0, goodbye; progress.
 * Empty, count, count alone, definition, row, NULL, file wanted; AuthMoreData, next factor, text,
 * prompt, greeting, OK and ERR out of sequence.
 */
static const struct state states[] = {
	{.letter = 'g', .name = "before the greeting", .stage = STAGE_CONNECTED,
	 .styles = STYLE_SEEN,
	 .cells = ".z  .z  .z  .z  .z  .z  .z  .z  .z  .z  .z  .z  .z  "
		  "a-  a-  a-  a-  .z  a-  a-  a-  "
		  ".z  .z  .z  .z  .z  .z  .z  .z  .z  .z  .z  .l  .z  a-"},
	{.letter = 'l', .name = "greeted", .stage = STAGE_GREETED,
	 .styles = STYLE_SEEN,
	 .cells = LOGIN_CELLS(".l "),
	 .rest = {OK_, SCRIPT_END}, .counted = "A"},
	{.letter = 'l', .name = "login", .stage = STAGE_LOGIN,
	 .styles = STYLE_SEEN,
	 .cells = LOGIN_CELLS(".l "),
	 .rest = {OK_, SCRIPT_END}, .counted = "A"},
	{.letter = 'l', .name = "login dialogue", .stage = STAGE_DIALOGUE,
	 .styles = STYLE_SEEN,
	 .cells = LOGIN_CELLS(".l "),
	 .rest = {OK_, SCRIPT_END}, .counted = "A"},
	{.letter = 'T', .name = "TLS asked for", .stage = STAGE_TLS_ASKED,
	 .styles = STYLE_SEEN,
	 .cells = "A-  A-  A-  A-  A-  .-  .-  .-  .-  .-  .-  .-  .-  "
		  "a-  a-  a-  a-  a-  a-  a-  a-  "
		  ".-  .-  .-  .-  .-  .-  .-  .-  .-  .-  .-  .-  A-  a-"},
	{.letter = 't', .name = "TLS", .stage = STAGE_TLS,
	 .styles = STYLE_SEEN,
	 .cells = "Uz  Uz  Uz  Uz  Uz  Uz  Uz  Uz  Uz  Uz  Uz  Uz  Uz  "
		  "Uz  Uz  Uz  Uz  Uz  Uz  Uz  Uz  "
		  "Uz  Uz  Uz  Uz  Uz  Uz  Uz  Uz  Uz  Uz  Uz  Uz  Uz  Uz"},
	{.letter = 'i', .name = "between commands",
	 .cells = "oi! on! oi! oi! oi!  Ei! En! Ei! En! Ei! En! Ei! Ei!  "
		  "di  di  di  di  di  di  di  .q!  "
		  "xL  .1! .C! .f! .1! .I! .I!  .1! xL! si! xL! xL! xL! di"},
	{.letter = 'q', .name = "command",
	 .commands = ANY_ANSWER,
	 .cells = "oi  on  oi  oi  oi  Ei  En  Ei  En  Ei  En  Ei  Ei  "
		  "ei  ei  ei  ei  ei  ei  d~  .=  "
		  "xL  .1  .C  xL  .1  .I  .I  .1  xL  xL  xL  xL  xL  xL",
	 .rest = {OK_, SCRIPT_END}, .counted = "o"},
	{.letter = 'q', .name = "command, progress reported",
	 .commands = "\x03\x17",
	 .cells = "oi  on  oi  oi  oi  Ei  En  Ei  En  Ei  En  Ei  Ei  "
		  "ei  ei  ei  ei  ei  ei  d~  .=  "
		  "xL  .1  .C  xL  .1  .I  .I  .1  xL  xL  xL  xL  xL  xL",
	 .steps = {PROGRESS, SCRIPT_END},
	 .rest = {OK_, SCRIPT_END}, .counted = "o"},
	{.letter = 'u', .name = "command that was not read",
	 .styles = STYLE_SEEN, .commands = "\xff",
	 .cells = "oi  on  oi  om  oi  Ei  En  Ei  En  Ei  En  Ei  Ei  "
		  "ei  ei  ei  ei  ei  ei  d~  .=  "
		  "xL  .1  .C  .f  .1  .I  .I  .1  xL  si  xL  xL  xL  xL",
	 .rest = {OK_, SCRIPT_END}, .counted = "o"},
	{.letter = 'm', .name = "definition behind an OK, if it was of a prepare",
	 .styles = STYLE_EOFS, .commands = "\xff",
	 .cells = "xL! xL! xL! xL! xL!  xL! xL! xL! xL! xL! xL! xL! xL!  "
		  "di  di  di  di  di  di  di  xL!  "
		  "xL  xL! xL! .h  xL! xL! xL!  xL! xL! xL! xL! xL! xL! di",
	 .steps = {OK_PREPARED, SCRIPT_END}, .before = "o", .answered = 1,
	 .rest = {DEFINITION, EOF_, SCRIPT_END}},
	{.letter = 'm', .name = "definition behind an OK, if it was of a prepare",
	 .styles = STYLE_NO_EOFS, .commands = "\xff",
	 .cells = "xL! xL! xL! xL! xL!  xL! xL! xL! xL! xL! xL! xL! xL!  "
		  "di  di  di  di  di  di  di  xL!  "
		  "xL  xL! xL! .i  xL! xL! xL!  xL! xL! xL! xL! xL! xL! di",
	 .steps = {OK_PREPARED, SCRIPT_END}, .before = "o", .answered = 1,
	 .rest = {DEFINITION, SCRIPT_END}},
	{.letter = 'h', .name = "last packet behind an OK that was of a prepare",
	 .styles = STYLE_EOFS, .commands = "\xff",
	 .cells = ".i  .i  .i  .i  .i  .i  .i  .i  .i  .i  .i  .i  .i  "
		  "ei  ei  ei  ei  ei  xL  di  .=  "
		  "xL  .i  .i  .i  .i  .i  .i  .i  .i  .i  .i  .i  xL  xL",
	 .steps = {OK_PREPARED, DEFINITION, SCRIPT_END}, .before = "o", .answered = 1,
	 .rest = {EOF_, SCRIPT_END}},
	{.letter = 'h', .name = "last packet behind an OK that was of a prepare",
	 .styles = STYLE_NO_EOFS, .commands = "\xff",
	 .cells = ".i  .i  .i  .i  .i  .i  .i  .i  .i  .i  .i  .i  .i  "
		  "ei  ei  ei  ei  ei  xL  di  .=  "
		  "xL  .i  .i  .i  .i  .i  .i  .i  .i  .i  .i  .i  xL  xL",
	 .steps = {OK_PREPARED_TWO, DEFINITION, SCRIPT_END}, .before = "o", .answered = 1,
	 .rest = {DEFINITION, SCRIPT_END}},
	{.letter = '2', .name = "two definitions to come",
	 .commands = "\x03\x17",
	 .cells = ".1  .1  .1  .1  .1  .1  .1  .1  .1  .1  .1  .1  .1  "
		  "ei  ei  ei  ei  ei  xL  di  .=  "
		  "xL  .1  .1  .1  .1  .1  .1  .1  .1  .1  .1  .1  xL  xL",
	 .steps = {COUNT_TWO, SCRIPT_END},
	 .rest = {DEFINITION, DEFINITION, METADATA_EOF, TEXT_ROW, EOF_, SCRIPT_END}, .counted = "wr"},
	{.letter = '1', .name = "one definition to come",
	 .commands = "\x03\x17",
	 .cells = ".C  .C  .C  .C  .C  .C  .C  .C  .C  .C  .C  .C  .C  "
		  "ei  ei  ei  ei  ei  xL  di  .=  "
		  "xL  .C  .C  .C  .C  .C  .C  .C  .C  .C  .C  .C  xL  xL",
	 .steps = {COUNT, SCRIPT_END},
	 .rest = {DEFINITION, METADATA_EOF, TEXT_ROW, EOF_, SCRIPT_END}, .counted = "wr"},
	{.letter = 'c', .name = "EOF behind the definitions",
	 .styles = STYLE_EOFS, .commands = "\x03\x17",
	 .cells = "xL  xL  xL  xL  xL  xL  xL  .R  .R  ri  .O  .R  xL  "
		  "ei  ei  ei  ei  ei  xL  di  .=  "
		  "xL  xL  xL  xL  xL  xL  xL  xL  xL  xL  xL  xL  xL  xL",
	 .steps = {COUNT, DEFINITION, SCRIPT_END},
	 .rest = {EOF_, TEXT_ROW, EOF_, SCRIPT_END}, .counted = "wr"},
	{.letter = 'v', .name = "EOF or rows behind the definitions",
	 .styles = STYLE_UNKNOWN, .commands = "\x03\x17",
	 .cells = "wR  wR  wR  wR  wR  ri  rn  .R  .R  ri  .O  .R  ri  "
		  "ei  ei  ei  ei  ei  xL  di  .=  "
		  "xL  wR  wR  wR  wR  wR  wR  wR  wR  wR  wR  wR  xL  xL",
	 .steps = {COUNT, DEFINITION, SCRIPT_END},
	 .rest = {EOF_, TEXT_ROW, EOF_, SCRIPT_END}, .counted = "wr"},
	{.letter = 'R', .name = "rows",
	 .commands = "\x03\x17",
	 .cells = "w=  w=  w=  w=  w=  ri  rn  ri  rn  ri  rn  ri  ri  "
		  "ei  ei  ei  ei  ei  xL  di  .=  "
		  "xL  w=  w=  w=  w=  w=  w=  w=  w=  w=  w=  w=  xL  xL",
	 .steps = {COUNT, DEFINITION, METADATA_EOF, SCRIPT_END},
	 .rest = {TEXT_ROW, EOF_, SCRIPT_END}, .counted = "wr"},
	{.letter = 'O', .name = "OUT parameters",
	 .styles = STYLE_EOFS | STYLE_UNKNOWN, .commands = "\x17",
	 .cells = "w=  w=  w=  w=  w=  rn  rn  rn  rn  rn  rn  rn  rn  "
		  "ei  ei  ei  ei  ei  xL  di  .=  "
		  "xL  w=  w=  w=  w=  w=  w=  w=  w=  w=  w=  w=  xL  xL",
	 .steps = {COUNT, DEFINITION, EOF_OUT_PARAMETERS, SCRIPT_END},
	 .rest = {BINARY_ROW, EOF_, OK_, SCRIPT_END}, .counted = "wro"},
	{.letter = 'n', .name = "another result",
	 .commands = "\x03\x17",
	 .cells = "oi  on  oi  oi  oi  Ei  En  Ei  En  Ei  En  Ei  Ei  "
		  "ei  ei  ei  ei  ei  xL  di  .=  "
		  "xL  .1  .C  xL  .1  .I  .I  .1  xL  xL  xL  xL  xL  xL",
	 .steps = {OK_MORE, SCRIPT_END}, .before = "o",
	 .rest = {OK_, SCRIPT_END}, .counted = "o"},
	{.letter = 'F', .name = "fetch",
	 .commands = "\x1c",
	 .cells = "wk  wk  wk  wk  wk  ri  rN  ri  rN  ri  rN  ri  ri  "
		  "ei  ei  ei  ei  ei  ei  d~  .=  "
		  "xL  wk  wk  wk  wk  wk  wk  wk  wk  wk  wk  wk  xL  xL",
	 .rest = {BINARY_ROW, EOF_, SCRIPT_END}, .counted = "wr"},
	{.letter = 'k', .name = "rows of a fetch",
	 .commands = "\x1c",
	 .cells = "w=  w=  w=  w=  w=  ri  rN  ri  rN  ri  rN  ri  ri  "
		  "ei  ei  ei  ei  ei  xL  di  .=  "
		  "xL  w=  w=  w=  w=  w=  w=  w=  w=  w=  w=  w=  xL  xL",
	 .steps = {BINARY_ROW, SCRIPT_END}, .before = "w",
	 .rest = {BINARY_ROW, EOF_, SCRIPT_END}, .counted = "wr"},
	{.letter = 'N', .name = "another result of a fetch",
	 .commands = "\x1c",
	 .cells = "wk  wk  wk  wk  wk  ri  rN  ri  rN  ri  rN  ri  ri  "
		  "ei  ei  ei  ei  ei  xL  di  .=  "
		  "xL  wk  wk  wk  wk  wk  wk  wk  wk  wk  wk  wk  xL  xL",
	 .steps = {EOF_MORE, SCRIPT_END}, .before = "r",
	 .rest = {BINARY_ROW, EOF_, SCRIPT_END}, .counted = "wr"},
	{.letter = 'G', .name = "field list",
	 .commands = "\x04",
	 .cells = ".f  .f  .f  .f  .f  ri  ri  ri  ri  ri  ri  ri  ri  "
		  "ei  ei  ei  ei  ei  ei  d~  .=  "
		  "xL  .f  .f  .f  .f  .f  .f  .f  .f  .f  .f  .f  xL  xL",
	 .rest = {DEFINITION, EOF_, SCRIPT_END}, .counted = "r"},
	{.letter = 'f', .name = "fields",
	 .commands = "\x04",
	 .cells = ".=  .=  .=  .=  .=  ri  ri  ri  ri  ri  ri  ri  ri  "
		  "ei  ei  ei  ei  ei  xL  di  .=  "
		  "xL  .=  .=  .=  .=  .=  .=  .=  .=  .=  .=  .=  xL  xL",
	 .steps = {DEFINITION, SCRIPT_END},
	 .rest = {EOF_, SCRIPT_END}, .counted = "r"},
	{.letter = 'D', .name = "prepare",
	 .commands = "\x16",
	 .cells = "xL  xL  xL  .M  xL  xL  xL  xL  xL  xL  xL  xL  xL  "
		  "ei  ei  ei  ei  ei  ei  d~  .=  "
		  "xL  xL  xL  xL  xL  xL  xL  xL  xL  xL  xL  xL  xL  xL",
	 .rest = {OK_PREPARED, DEFINITION, METADATA_EOF, SCRIPT_END}, .counted = "o"},
	{.letter = 'P', .name = "two of a prepare to come",
	 .styles = STYLE_EOFS, .commands = "\x16",
	 .cells = ".p  .p  .p  .p  .p  .p  .p  .p  .p  .p  .p  .p  .p  "
		  "ei  ei  ei  ei  ei  xL  di  .=  "
		  "xL  .p  .p  .p  .p  .p  .p  .p  .p  .p  .p  .p  xL  xL",
	 .steps = {OK_PREPARED, SCRIPT_END},
	 .rest = {DEFINITION, EOF_, SCRIPT_END}, .counted = "o"},
	{.letter = 'P', .name = "two definitions of a prepare to come",
	 .styles = STYLE_NO_EOFS, .commands = "\x16",
	 .cells = ".p  .p  .p  .p  .p  .p  .p  .p  .p  .p  .p  .p  .p  "
		  "ei  ei  ei  ei  ei  xL  di  .=  "
		  "xL  .p  .p  .p  .p  .p  .p  .p  .p  .p  .p  .p  xL  xL",
	 .steps = {OK_PREPARED_TWO, SCRIPT_END},
	 .rest = {DEFINITION, DEFINITION, SCRIPT_END}, .counted = "o"},
	{.letter = 'p', .name = "EOF of a prepare to come",
	 .styles = STYLE_EOFS, .commands = "\x16",
	 .cells = "oi  oi  oi  oi  oi  oi  oi  oi  oi  oi  oi  oi  oi  "
		  "ei  ei  ei  ei  ei  xL  di  .=  "
		  "xL  oi  oi  oi  oi  oi  oi  oi  oi  oi  oi  oi  xL  xL",
	 .steps = {OK_PREPARED, DEFINITION, SCRIPT_END},
	 .rest = {EOF_, SCRIPT_END}, .counted = "o"},
	{.letter = 'p', .name = "EOF of a prepare without definitions",
	 .styles = STYLE_EOFS, .commands = "\x16",
	 .cells = "oi  oi  oi  oi  oi  oi  oi  oi  oi  oi  oi  oi  oi  "
		  "ei  ei  ei  ei  ei  xL  di  .=  "
		  "xL  oi  oi  oi  oi  oi  oi  oi  oi  oi  oi  oi  xL  xL",
	 .steps = {OK_PREPARED_ONLY, SCRIPT_END},
	 .rest = {EOF_, SCRIPT_END}, .counted = "o"},
	{.letter = 'p', .name = "one definition of a prepare to come",
	 .styles = STYLE_NO_EOFS, .commands = "\x16",
	 .cells = "oi  oi  oi  oi  oi  oi  oi  oi  oi  oi  oi  oi  oi  "
		  "ei  ei  ei  ei  ei  xL  di  .=  "
		  "xL  oi  oi  oi  oi  oi  oi  oi  oi  oi  oi  oi  xL  xL",
	 .steps = {OK_PREPARED, SCRIPT_END},
	 .rest = {DEFINITION, SCRIPT_END}, .counted = "o"},
	{.letter = 'y', .name = "a definition of a prepare, or an EOF",
	 .styles = STYLE_UNKNOWN, .commands = "\x16",
	 .cells = "oi  oi  oi  oi  oi  oi  oi  .=  .=  .=  .=  .=  oi  "
		  "ei  ei  ei  ei  ei  xL  di  .=  "
		  "xL  oi  oi  oi  oi  oi  oi  oi  oi  oi  oi  oi  xL  xL",
	 .steps = {OK_PREPARED, SCRIPT_END},
	 .rest = {DEFINITION, EOF_, SCRIPT_END}, .counted = "o"},
	{.letter = 'i', .name = "after a prepare without definitions",
	 .styles = STYLE_NO_EOFS, .commands = "\x16",
	 .cells = "xL! xL! xL! xL! xL!  xL! xL! xL! xL! xL! xL! xL! xL!  "
		  "di  di  di  di  di  di  di  xL!  "
		  "xL  xL! xL! xL! xL! xL! xL!  xL! xL! xL! xL! xL! xL! di",
	 .steps = {OK_PREPARED_ONLY, SCRIPT_END}, .before = "o", .answered = 1},
	{.letter = 'Y', .name = "EOF or nothing behind a prepare",
	 .styles = STYLE_UNKNOWN, .commands = "\x16",
	 .cells = "xL! xL! xL! xL! xL!  xL! xL! .i  .i  .i  .i  .i  xL!  "
		  "di  di  di  di  di  di  di  xL!  "
		  "xL  xL! xL! xL! xL! xL! xL!  xL! xL! xL! xL! xL! xL! di",
	 .steps = {OK_PREPARED, DEFINITION, SCRIPT_END}, .before = "o", .answered = 1,
	 .rest = {EOF_, SCRIPT_END}},
	{.letter = 'Z', .name = "two EOFs or nothing behind a prepare without definitions",
	 .styles = STYLE_UNKNOWN, .commands = "\x16",
	 .cells = "xL! xL! xL! xL! xL!  xL! xL! .Y  .Y  .Y  .Y  .Y  xL!  "
		  "di  di  di  di  di  di  di  xL!  "
		  "xL  xL! xL! xL! xL! xL! xL!  xL! xL! xL! xL! xL! xL! di",
	 .steps = {OK_PREPARED_ONLY_BOTH, SCRIPT_END}, .before = "o", .answered = 1},
	{.letter = 'Y', .name = "EOF or nothing behind a prepare without definitions",
	 .styles = STYLE_UNKNOWN, .commands = "\x16",
	 .cells = "xL! xL! xL! xL! xL!  xL! xL! .i  .i  .i  .i  .i  xL!  "
		  "di  di  di  di  di  di  di  xL!  "
		  "xL  xL! xL! xL! xL! xL! xL!  xL! xL! xL! xL! xL! xL! di",
	 .steps = {OK_PREPARED_ONLY, SCRIPT_END}, .before = "o", .answered = 1},
	{.letter = 's', .name = "statistics",
	 .commands = "\x09",
	 .cells = "si  si  si  si  si  si  si  si  si  si  si  si  si  "
		  "ei  ei  ei  ei  ei  ei  d~  .=  "
		  "xL  si  si  si  si  si  si  si  si  si  si  si  xL  xL",
	 .rest = {STATISTICS_TEXT, SCRIPT_END}, .counted = "s"},
	{.letter = 'B', .name = "stream asked for",
	 .commands = "\x12\x13\x1e\x20\x21",
	 .cells = "Sz  Sz  Sz  Sz  Sz  Ei  Ei  Ei  Ei  Ei  Ei  Ei  Ei  "
		  "ei  ei  ei  ei  ei  ei  d~  .=  "
		  "xL  Sz  Sz  Sz  Sz  Sz  Sz  Sz  Sz  Sz  Sz  Sz  xL  xL",
	 .rest = {EOF_, SCRIPT_END}, .counted = "E"},
	{.letter = 'b', .name = "stream",
	 .commands = "\x12\x13\x1e\x20\x21",
	 .cells = ".z  .z  .z  .z  .z  .z  .z  .z  .z  .z  .z  .z  .z  "
		  ".z  .z  .z  .z  .z  .z  .z  .z  "
		  ".z  .z  .z  .z  .z  .z  .z  .z  .z  .z  .z  .z  .z  .z",
	 .steps = {BINARY_ROW, SCRIPT_END}, .before = "S", .answered = 1},
	{.letter = 'I', .name = "file asked for",
	 .commands = "\x03",
	 .cells = "Ii  In  Ii  Ii  Ii  xL  xL  xL  xL  xL  xL  xL  xL  "
		  "ei  ei  ei  ei  ei  ei  ei  .=  "
		  "xL  xL  xL  xL  xL  xL  xL  xL  xL  xL  xL  xL  Ii  ei",
	 .steps = {INFILE_REQUEST, SCRIPT_END},
	 .rest = {OK_, SCRIPT_END}, .counted = "I"},
	{.letter = 'H', .name = "change of user",
	 .commands = "\x11",
	 .cells = "Ai  Ai  Ai  Ai  Ai  .J  .J  .J  .J  .J  .J  .J  .J  "
		  "ai  ai  ai  ai  ai  ai  d~  .=  "
		  "xL  .J  .J  .J  .J  .J  .J  .J  .J  .J  .J  .J  xL  xL",
	 .rest = {OK_, SCRIPT_END}, .counted = "A"},
	{.letter = 'J', .name = "dialogue of a change of user",
	 .commands = "\x11",
	 .cells = LOGIN_CELLS(".= "),
	 .steps = {AUTH_SWITCH, SCRIPT_END},
	 .rest = {OK_, SCRIPT_END}, .counted = "A"},
};
/* clang-format on */

#define STATES (sizeof(states) / sizeof(states[0]))

#endif
