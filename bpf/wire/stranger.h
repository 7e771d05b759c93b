/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * The other protocols that mysqld itself speaks, by the first bytes of either side. Neither begins
 * with a greeting of ours, so they are only told from strangers, and never from MySQL.
 */
#ifndef MYSQL_WIRE_STRANGER_H
#define MYSQL_WIRE_STRANGER_H

#include "connection.h"
#include "outcome.h"

/*
 * Bytes that tell what a peer speaks whose first packet seems to hold length bytes: those of one
 * without any are the request for a version of group replication.
 */
#define MYSQL_STRANGER_HEAD(length) ((length) ? MYSQL_HEADER + (length) : 8)

/* Longest first message of the X protocol that is taken for one, bytes. */
#define MYSQL_X_FIRST_MAX 0xffff

/*
 * X protocol (mysqlx.proto of MySQL 8.0): length in four bytes, little endian, then the type of the
 * message, which the length includes. A client begins with CON_CAPABILITIES_GET or _SET, CON_CLOSE
 * or SESS_AUTHENTICATE_START; a server answers with OK, ERROR, CONN_CAPABILITIES or one of two
 * steps of authentication, or begins with a NOTICE.
 */
MYSQL_INLINE int mysql_speaks_x(const u8 *packet, u32 available)
{
	u32 length = mysql_u24(packet);

	return available > MYSQL_HEADER && packet[3] == 0 && length &&
	       length <= MYSQL_X_FIRST_MAX &&
	       (packet[MYSQL_HEADER] <= 4 || packet[MYSQL_HEADER] == 11);
}

/*
 * Group replication (XCom of MySQL 5.7 and 8.0): the version of its protocol, in four bytes, big
 * endian, then the length, which is zero in the request for a version and in the answer to it.
 */
MYSQL_INLINE int mysql_speaks_xcom(const u8 *packet, u32 available)
{
	return available >= 8 && mysql_u24(packet) == 0 && packet[3] && packet[3] < 32 &&
	       mysql_u24(packet + 4) == 0 && packet[7] == 0;
}

/* Says what a stranger speaks, if it is a protocol of mysqld's. */
MYSQL_INLINE void mysql_name_stranger(struct mysql_connection *c, const u8 *packet, u32 available)
{
	if (c->opaque)
		return;
	if (mysql_speaks_x(packet, available))
		c->opaque = OPAQUE_X_PROTOCOL + 1;
	else if (mysql_speaks_xcom(packet, available))
		c->opaque = OPAQUE_GROUP_REPLICATION + 1;
}

#endif
