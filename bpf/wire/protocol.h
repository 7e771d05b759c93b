/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * Constants of the MySQL client/server protocol.
 *
 * Names follow include/my_command.h and include/mysql_com.h of MySQL 8.0; values that only MariaDB
 * has are from include/mysql_com.h of MariaDB 10.11.
 */
#ifndef MYSQL_WIRE_PROTOCOL_H
#define MYSQL_WIRE_PROTOCOL_H

typedef __UINT8_TYPE__ u8;
typedef __UINT16_TYPE__ u16;
typedef __UINT32_TYPE__ u32;
typedef __UINT64_TYPE__ u64;
typedef __INT32_TYPE__ s32;

#define MYSQL_HEADER      4        /* bytes: length u24 little endian, sequence id u8 */
#define MYSQL_MAX_PAYLOAD 0xffffff /* a payload of this length goes on in the next packet */

enum mysql_command_byte {
	COM_QUIT = 0x01,
	COM_QUERY = 0x03,
	COM_FIELD_LIST = 0x04,
	COM_SHUTDOWN = 0x08,
	COM_STATISTICS = 0x09,
	COM_DEBUG = 0x0d,
	COM_CHANGE_USER = 0x11,
	COM_BINLOG_DUMP = 0x12,
	COM_TABLE_DUMP = 0x13,
	COM_STMT_PREPARE = 0x16,
	COM_STMT_EXECUTE = 0x17,
	COM_STMT_SEND_LONG_DATA = 0x18,
	COM_STMT_CLOSE = 0x19,
	COM_SET_OPTION = 0x1b,
	COM_STMT_FETCH = 0x1c,
	COM_BINLOG_DUMP_GTID = 0x1e,
	COM_CLONE = 0x20,
	COM_SUBSCRIBE_GROUP_REPLICATION_STREAM = 0x21,
	COM_LAST = COM_SUBSCRIBE_GROUP_REPLICATION_STREAM,
	COM_STMT_BULK_EXECUTE = 0xfa, /* MariaDB */
	COM_UNKNOWN = 0xff, /* ours: a command whose byte was not kept; no server knows it */
};

/* First byte of a server packet. */
enum mysql_packet_type {
	PACKET_OK = 0x00,
	PACKET_PROTOCOL_10 = 0x0a,
	PACKET_LOCAL_INFILE = 0xfb,
	PACKET_EOF = 0xfe, /* also the OK that ends rows with CLIENT_DEPRECATE_EOF */
	PACKET_ERR = 0xff,
};

#define CLIENT_LONG_PASSWORD    (1u << 0) /* unset by MariaDB clients that send extended flags */
#define CLIENT_COMPRESS         (1u << 5)
#define CLIENT_PROTOCOL_41      (1u << 9)
#define CLIENT_SSL              (1u << 11)
#define CLIENT_DEPRECATE_EOF    (1u << 24)
#define CLIENT_ZSTD_COMPRESSION (1u << 26)
#define MYSQL_COMPRESSION       (CLIENT_COMPRESS | CLIENT_ZSTD_COMPRESSION)

#define SERVER_STATUS_IN_TRANS      0x0001
#define SERVER_MORE_RESULTS_EXISTS  0x0008
#define SERVER_STATUS_CURSOR_EXISTS 0x0040
#define SERVER_PS_OUT_PARAMS        0x1000
#define SERVER_OUT_ROWS_FOLLOW      (SERVER_PS_OUT_PARAMS | SERVER_MORE_RESULTS_EXISTS)

/*
 * The first four bytes of MariaDB's progress report, an ERR of code 65535 with one string
 * (net_send_progress_packet(), sql/protocol.cc). SIGNAL may choose the same code, but then the
 * SQLSTATE or the message follows.
 */
#define MARIADB_PROGRESS_REPORT 0x01ffffff

/* ERRs that mysqld sends of its own accord, answering no command, with sequence id 0. */
enum mysql_unsolicited_error {
	ER_SERVER_SHUTDOWN = 1053,
	ER_NET_READ_ERROR = 1158,
	ER_NET_READ_INTERRUPTED = 1159,
	ER_CONNECTION_KILLED = 1927, /* MariaDB */
	ER_CLIENT_INTERACTION_TIMEOUT = 4031,
};

#endif
