/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What each packet of mysqld means in each state of a connection, written down from the protocol's
 * documentation and the servers' sources. Of packets that no server sends there it is a decision:
 *what can't be told apart from a definition or a row is one, anything else is malformed.
 *
 * A cell is what the packet counts as, the state behind it, and '!' where it answers nobody:
 *
 *	.  nothing	o  ok		r  resultset	E  eof		I  local_infile
 *	s  statistics	S  stream	A  auth_ok	U  one unclassified response
 *	e  err		a  auth_err	d  disconnect, these with the packet's code
 *	w  a row	x  malformed
 *
 * States have the letters below, and beside them:
 *
 *	=  the same, at the next sequence id	~  the same, at the same one
 *	i  nothing waits	L  lost until the next command	z  nothing more is read	-  closed
 *	C  the column definitions are through: c, v or, without EOFs, R
 *	M  definitions of a prepared statement with one parameter: P, y or, without EOFs, p
 *	q  the answer goes on with an OK
 */
#ifndef MYSQL_WIRE_STATES_TABLE_H
#define MYSQL_WIRE_STATES_TABLE_H

#include "states_capabilities.h"
#include "states_packets.h"

/* How far a connection has come. */
enum stage {
	STAGE_READY,
	STAGE_CONNECTED,
	STAGE_GREETED,
	STAGE_LOGIN,
	STAGE_DIALOGUE,
	STAGE_TLS_ASKED,
	STAGE_TLS,
};

#define STEPS_MAX 6

struct state {
	const char *name;
	const char *commands; /* command bytes that lead here, each tried; 0: none */
	const char *before;   /* what the packets that lead here count as */
	const char *counted;  /* what the rest counts as */
	const char *cells;    /* in the order of enum packet_form */
	u8 steps[STEPS_MAX];  /* packets that lead here */
	u8 rest[STEPS_MAX];   /* packets that end the answer */
	char letter;
	u8 stage;
	u8 styles;   /* 0: any */
	u8 answered; /* the command is */
};

#endif
