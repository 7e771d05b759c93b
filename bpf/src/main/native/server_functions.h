/* SPDX-License-Identifier: Apache-2.0 */
/* Where a server's binary has the functions that server_functions.bpf.h watches. No JNI in here. */
#ifndef MYSQL_WIRE_SERVER_FUNCTIONS_H
#define MYSQL_WIRE_SERVER_FUNCTIONS_H

#include <stdbool.h>
#include <stdint.h>

enum server_function {
	FUNCTION_WRITES,
	FUNCTION_LOGS_IN,
	FUNCTION_BEGINS_COMMAND,
	SERVER_FUNCTIONS,
};

struct server_functions {
	uint64_t offsets[SERVER_FUNCTIONS]; /* into the file, where a probe costs one trap */
	bool mysql;                         /* dispatch_command() has the arguments of MySQL */
};

/*
 * Looks among the dynamic symbols, which stripped binaries have, too.
 *
 * Returns 0, -ENOEXEC for what is no ELF file of this machine, -ENOENT when a function is missing,
 * or another negative errno.
 */
int server_functions_find(int fd, struct server_functions *found);

#endif
