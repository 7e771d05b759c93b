/* SPDX-License-Identifier: Apache-2.0 */
/* Names of files that real servers sync, and some that look like them. */
#include <stdio.h>
#include <string.h>

#include "file_class.h"

static const struct {
	const char *name;
	enum mysql_file_class class;
} files[] = {
	{"ib_logfile0", FILE_REDO},
	{"ib_logfile101", FILE_REDO},
	{"#ib_redo0", FILE_REDO},
	{"#ib_redo1234567_tmp", FILE_REDO},
	{"mysql-bin.000001", FILE_BINLOG},
	{"orders-log.000002", FILE_BINLOG},
	{"b.999999", FILE_BINLOG},
	{"mysql-bin.1000000", FILE_BINLOG},
	{"mysql-bin.2147483647", FILE_BINLOG},
	{"mysql-bin.index", FILE_BINLOG},
	{"mysql-bin.index_crash_safe", FILE_BINLOG},
	{"mysql-bin.~rec~", FILE_BINLOG},
	{"orders-log.000002.idx", FILE_BINLOG},
	{"a-name-of-63-characters-that-someone-chose-for-his-binary-log-12.000001", FILE_BINLOG},
	{"db1-relay-bin.000001", FILE_RELAYLOG},
	{"relay.000001", FILE_RELAYLOG},
	{"db1-relay-bin-channel1.000017", FILE_RELAYLOG},
	{"db1-relay-bin.index", FILE_RELAYLOG},
	{"db1-relay-bin.index_crash_safe", FILE_RELAYLOG},
	{"db1-relay-bin.~rec~", FILE_RELAYLOG},
	{"a-host-name-that-is-so-long-that-its-beginning-is-cut-off-relay-bin.000001",
	 FILE_RELAYLOG},
	{"item.ibd", FILE_DATA},
	{"item#p#p0.ibd", FILE_DATA},
	{"mysql.ibd", FILE_DATA},
	{"ibdata1", FILE_DATA},
	{"ibtmp1", FILE_DATA},
	{"temp_1.ibt", FILE_DATA},
	{"undo_001", FILE_DATA},
	{"undo001", FILE_DATA},
	{"archive.ibu", FILE_DATA},
	{"#ib_16384_0.dblwr", FILE_DATA},
	{"ib_doublewrite", FILE_DATA},
	{"item.MYD", FILE_DATA},
	{"item.MYI", FILE_DATA},
	{"item.MAD", FILE_DATA},
	{"item.MAI", FILE_DATA},
	/* Tables with the names of other things. */
	{"ib_logfile0.ibd", FILE_DATA},
	{"relay.MYD", FILE_DATA},
	{"ib_logfile0.frm", FILE_OTHER},
	{"undo001.frm", FILE_OTHER},
	{"aria_log.00000001", FILE_OTHER},
	{"aria_log_control", FILE_OTHER},
	{"ddl_recovery.log", FILE_OTHER},
	{"relay-log.info", FILE_OTHER},
	{"master.info", FILE_OTHER},
	{"item.frm", FILE_OTHER},
	{"socket.lock", FILE_OTHER},
	{"undo", FILE_OTHER},
	{"000001", FILE_OTHER},
	{"mysql-bin.00001", FILE_OTHER},
	{"mysql-bin.00000000001", FILE_OTHER},
	{"mysql-bin.000001.bak", FILE_OTHER},
	{"item.idx", FILE_OTHER},
	{"index", FILE_OTHER},
	{"a", FILE_OTHER},
	{"", FILE_OTHER}, /* a directory, see fsync.bpf.h */
};

int main(void)
{
	size_t n = sizeof(files) / sizeof(files[0]), failures = 0;

	for (size_t i = 0; i < n; i++) {
		size_t length = strlen(files[i].name);
		size_t head = length < FILE_NAME_HEAD ? length : FILE_NAME_HEAD - 1;
		size_t tail = length < FILE_NAME_TAIL ? length : FILE_NAME_TAIL;
		struct mysql_file_name name = {};
		enum mysql_file_class class;

		memcpy(name.head, files[i].name, head);
		memcpy(name.tail + FILE_NAME_TAIL - tail, files[i].name + length - tail, tail);
		class = mysql_file_class(&name);
		if (class != files[i].class) {
			fprintf(stderr, "%s: class %d, not %d\n", files[i].name, class,
				files[i].class);
			failures++;
		}
	}
	printf("file_class: %zu names, %zu failures\n", n, failures);
	return failures != 0;
}
