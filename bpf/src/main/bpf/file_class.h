/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * What a file of mysqld is, by its name.
 *
 * The names are those that MySQL 5.7 and 8.0 and MariaDB 10.11 and 11.4 were seen to sync; the base
 * name of binary and relay logs is the administrator's choice (--log-bin, --relay-log). The folder
 * tells nothing more: names of tables are encoded so that they hold neither '.' nor '#'
 * (tablename_to_filename(), sql/sql_table.cc), and what follows them is their engine's.
 */
#ifndef MYSQL_WIRE_FILE_CLASS_H
#define MYSQL_WIRE_FILE_CLASS_H

#include "bytes.h"
#include "layout.h"

#define FILE_NAME_HEAD 16
#define FILE_NAME_TAIL 64

/* As much of a name as is looked at: the ends of long ones. */
struct mysql_file_name {
	u8 head[FILE_NAME_HEAD]; /* its first bytes, then NULs */
	u8 tail[FILE_NAME_TAIL]; /* NULs, then its last bytes */
};

/*
 * Compares with a literal of up to 16 characters. Written out, because what loops over a literal
 * may leave it in memory, as a map of its own.
 */
#define MYSQL_CHAR_IS(bytes, text, i)                                                              \
	((i) >= sizeof(text) - 1 || (bytes)[i] == (u8)(text)[(i) < sizeof(text) ? (i) : 0])
#define MYSQL_4_ARE(bytes, text, i)                                                                \
	(MYSQL_CHAR_IS(bytes, text, i) && MYSQL_CHAR_IS(bytes, text, (i) + 1) &&                   \
	 MYSQL_CHAR_IS(bytes, text, (i) + 2) && MYSQL_CHAR_IS(bytes, text, (i) + 3))
#define MYSQL_IS(bytes, text)                                                                      \
	(MYSQL_4_ARE(bytes, text, 0) && MYSQL_4_ARE(bytes, text, 4) &&                             \
	 MYSQL_4_ARE(bytes, text, 8) && MYSQL_4_ARE(bytes, text, 12))

#define MYSQL_BEGINS(name, text) MYSQL_IS((name)->head, text)
#define MYSQL_ENDS(name, text)   MYSQL_IS((name)->tail + FILE_NAME_TAIL - (sizeof(text) - 1), text)

/*
 * Whether a log's number stands before this place of the tail: six digits at least, as in
 * generate_new_name() of MySQL and generate_name() of MariaDB (sql/log.cc), ten at most
 * (MAX_LOG_UNIQUE_FN_EXT).
 */
MYSQL_INLINE int mysql_is_numbered(const u8 *end)
{
	u32 digits;

	for (digits = 0; digits < 10; digits++)
		if (end[-1 - (s32)digits] < '0' || end[-1 - (s32)digits] > '9')
			break;
	return digits >= 6 && end[-1 - (s32)digits] == '.';
}

/*
 * Whether "relay" is in the tail: both servers call these logs HOST-relay-bin unless they are told
 * otherwise. Free of branches, because the verifier would follow both sides of each of them.
 */
MYSQL_INLINE int mysql_is_relay(const u8 *tail)
{
	u64 last_five = 0, found = 0, differs;

	for (u32 i = 0; i < FILE_NAME_TAIL; i++) {
		last_five = (last_five << 8 | tail[i]) & 0xffffffffff;
		differs = last_five ^ 0x72656c6179; /* "relay" */
		MYSQL_KEEP(differs);
		found |= (differs - 1) >> 63;
	}
	return found != 0;
}

/* The logs, their indexes, and what is beside them while either is being rewritten. */
MYSQL_INLINE int mysql_is_log(const struct mysql_file_name *name)
{
	const u8 *end = name->tail + FILE_NAME_TAIL;

	/* Aria's own log has eight digits: storage/maria/ma_loghandler.c. */
	if (MYSQL_BEGINS(name, "aria_log."))
		return 0;
	/* MariaDB 11.4 keeps an index of global transaction ids beside each log. */
	if (MYSQL_ENDS(name, ".idx"))
		end -= 4;
	return mysql_is_numbered(end) || MYSQL_ENDS(name, ".index") ||
	       MYSQL_ENDS(name, "index_crash_safe") || MYSQL_ENDS(name, ".~rec~");
}

MYSQL_INLINE int mysql_is_table(const struct mysql_file_name *name)
{
	return MYSQL_ENDS(name, ".ibd") || MYSQL_ENDS(name, ".ibu") || MYSQL_ENDS(name, ".ibt") ||
	       MYSQL_ENDS(name, ".dblwr") || MYSQL_ENDS(name, ".MYD") || MYSQL_ENDS(name, ".MYI") ||
	       MYSQL_ENDS(name, ".MAD") || MYSQL_ENDS(name, ".MAI");
}

MYSQL_INLINE enum mysql_file_class mysql_file_class(const struct mysql_file_name *name)
{
	if (mysql_is_table(name))
		return FILE_DATA;
	/* A table's definition, whatever the table's name begins with. */
	if (MYSQL_ENDS(name, ".frm"))
		return FILE_OTHER;
	if (MYSQL_BEGINS(name, "ib_logfile") || MYSQL_BEGINS(name, "#ib_redo"))
		return FILE_REDO;
	if (MYSQL_BEGINS(name, "ibdata") || MYSQL_BEGINS(name, "ibtmp") ||
	    MYSQL_BEGINS(name, "undo_0") || MYSQL_BEGINS(name, "undo0") ||
	    MYSQL_BEGINS(name, "ib_doublewrite"))
		return FILE_DATA;
	if (mysql_is_log(name))
		return mysql_is_relay(name->tail) ? FILE_RELAYLOG : FILE_BINLOG;
	return FILE_OTHER;
}

#endif
