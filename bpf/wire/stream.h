/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Both directions of a connection, from its first byte or from where it is joined. */
#ifndef MYSQL_WIRE_STREAM_H
#define MYSQL_WIRE_STREAM_H

#include "client_stream.h"
#include "server_stream.h"

/* A connection seen from its first byte. */
MYSQL_INLINE void mysql_connection_new(struct mysql_connection *c, u32 client_position,
				       u32 server_position)
{
	c->client.phase = CLIENT_LOGIN;
	c->client.stream.synced = 1;
	c->client.stream.seen = c->client.stream.next = client_position;
	c->client.acknowledged = server_position;
	c->client.unread_until = server_position - 1; /* where no command was asked */
	c->server.phase = SERVER_GREETING;
	c->server.stream.synced = 1;
	c->server.stream.seen = c->server.stream.next = server_position;
	c->server.mark = server_position;
}

/* A connection that was there before us: both halves wait for the next command. */
MYSQL_INLINE void mysql_connection_older(struct mysql_connection *c, u32 client_position,
					 u32 server_position)
{
	c->client.phase = CLIENT_COMMAND;
	c->client.stream.seen = client_position;
	c->client.acknowledged = server_position;
	c->client.unread_until = server_position - 1; /* where no command was asked */
	c->client.joined = 1;
	c->server.phase = SERVER_START;
	c->server.stream.seen = server_position;
	c->server.mark = server_position;
}

#endif
