/* SPDX-License-Identifier: Apache-2.0 */
/* What client and server may agree on, as far as packets differ by it. */
#ifndef MYSQL_WIRE_STATES_CAPABILITIES_H
#define MYSQL_WIRE_STATES_CAPABILITIES_H

#include <stdbool.h>

#include "protocol.h"

enum style {
	STYLE_EOFS = 1,    /* an EOF behind the column definitions */
	STYLE_NO_EOFS = 2, /* CLIENT_DEPRECATE_EOF */
	STYLE_UNKNOWN = 4, /* the login was not seen */
	STYLE_SEEN = STYLE_EOFS | STYLE_NO_EOFS,
};

struct capabilities {
	const char *name, *version;
	const char *login; /* the client's first packet */
	u8 login_length;
	u32 offered; /* capability flags of the greeting */
	u8 style;    /* enum style that they agree on */
	bool every_code;
};

#define MYSQL_80 "8.0.40"
#define MARIADB  "5.5.5-10.11.19-MariaDB"

/* SSL, PROTOCOL_41, TRANSACTIONS, PLUGIN_AUTH and so on. */
#define ALL_BUT_EOFS 0x009fffdfu
#define OFFERED_NEW  (ALL_BUT_EOFS | CLIENT_DEPRECATE_EOF)
#define OFFERED_80   (OFFERED_NEW | 1u << 25) /* CLIENT_OPTIONAL_RESULTSET_METADATA */

/* HandshakeResponse41 with these upper two bytes of flags, and HandshakeResponse320. */
#define LOGIN_41(byte2, byte3)                                                                     \
	"\x85\xa2" byte2 byte3 "\0\0\0\1\x2d\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"        \
	"shop\0\0mysql_native_password\0"
#define LOGIN_320    "\x85\x20\0\0\1shop\0"
#define LOGIN(bytes) .login = bytes, .login_length = sizeof(bytes) - 1

static const struct capabilities capabilities[] = {
	{"MySQL", MYSQL_80, LOGIN(LOGIN_41("\x08", "\1")), OFFERED_80, STYLE_NO_EOFS, true},
	{"MySQL, EOFs", MYSQL_80, LOGIN(LOGIN_41("\x08", "\0")), OFFERED_80, STYLE_EOFS, true},
	{"MySQL, optional metadata, session track", MYSQL_80, LOGIN(LOGIN_41("\x88", "\3")),
	 OFFERED_80, STYLE_NO_EOFS, false},
	{"MySQL, optional metadata, EOFs", MYSQL_80, LOGIN(LOGIN_41("\x88", "\2")), OFFERED_80,
	 STYLE_EOFS, false},
	{"MariaDB", MARIADB, LOGIN(LOGIN_41("\x08", "\1")), OFFERED_NEW, STYLE_NO_EOFS, false},
	{"MariaDB, EOFs", MARIADB, LOGIN(LOGIN_41("\x08", "\0")), OFFERED_NEW, STYLE_EOFS, false},
	{"asked for no EOFs, not offered", "5.6.51", LOGIN(LOGIN_41("\x08", "\1")), ALL_BUT_EOFS,
	 STYLE_EOFS, false},
	{"a client from before 4.1", "5.6.51", LOGIN(LOGIN_320), ALL_BUT_EOFS, STYLE_EOFS, false},
	{.name = "joined", .version = MYSQL_80, .style = STYLE_UNKNOWN},
};

#define CAPABILITIES (sizeof(capabilities) / sizeof(capabilities[0]))

#endif
