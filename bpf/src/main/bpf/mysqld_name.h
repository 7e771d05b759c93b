/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Which processes are database servers, by their names. */
#ifndef MYSQL_WIRE_MYSQLD_NAME_H
#define MYSQL_WIRE_MYSQLD_NAME_H

#include "kernel.h"

static __always_inline bool is_named(const char *comm, const char *name, u32 size)
{
	for (u32 i = 0; i < size; i++)
		if (comm[i] != name[i])
			return false;
	return true;
}

/* Whether a process of this name is a database server, as MysqldProcess.java has it. */
static __always_inline bool is_mysqld(const char *comm)
{
	return is_named(comm, "mysqld", sizeof("mysqld")) ||
	       is_named(comm, "mariadbd", sizeof("mariadbd"));
}

#endif
