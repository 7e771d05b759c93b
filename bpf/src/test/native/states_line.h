/* SPDX-License-Identifier: Apache-2.0 */
/* A connection of its own for each cell of the table, and what is to be counted on it. */
#ifndef MYSQL_WIRE_STATES_LINE_H
#define MYSQL_WIRE_STATES_LINE_H

#include "host_tap.h"
#include "states_capabilities.h"
#include "states_packets.h"
#include "states_table.h"

#define CUT_EVERYWHERE (-1)

struct expected {
	u64 responses[RESPONSE_TYPES];
	u64 commands, responses_unclassified, malformed, gaps, rows;
	struct counts codes; /* errors[] alone */
};

struct line {
	struct host_tap tap;
	const struct capabilities *with;
	struct expected expected;
	u32 asked, answered; /* bytes */
	u64 now;
	int cut; /* bytes of the first piece of a packet; 0: whole */
	u8 id;   /* of mysqld's next packet */
	bool logged_in;
};

static inline void line_sends(struct line *line, int from_server, const u8 *bytes, u32 length)
{
	u32 *position = from_server ? &line->answered : &line->asked;
	u32 piece;

	for (u32 at = 0; at < length; at += piece) {
		piece = length - at;
		if (from_server && line->cut == CUT_EVERYWHERE)
			piece = 1;
		else if (from_server && line->cut && !at)
			piece = line->cut;
		host_segment(&line->tap, from_server, *position, line->answered, bytes + at, piece,
			     ++line->now);
		*position += piece;
	}
}

static inline void line_client(struct line *line, u8 id, const char *payload, u8 length)
{
	struct probe_bytes bytes = {};

	probe_packet(&bytes, id, payload, length);
	line_sends(line, 0, bytes.bytes, bytes.length);
}

static inline void line_asks(struct line *line, const char *payload, u8 length)
{
	line_client(line, 0, payload, length);
	line->expected.commands++;
}

/* The packet, numbered as its form is. */
static inline void line_answers(struct line *line, u8 form, u16 code)
{
	struct probe_bytes bytes = {};
	char payload[EXCHANGE_MAX];
	u8 length = form_payload(form, code, line->with, payload);
	u8 id = line->id;

	if (form == METADATA_EOF && line->with->style == STYLE_NO_EOFS)
		return;
	if (form == ERR_ID_0 || form == ERR_GOODBYE)
		id = 0;
	else if (form == OK_OUT_OF_SEQUENCE || form == ERR_OUT_OF_SEQUENCE)
		id++;
	probe_packet(&bytes, id, payload, length);
	line_sends(line, 1, bytes.bytes, bytes.length);
	line->id = id + 1;
}

static inline int line_packet_length(u8 form)
{
	char payload[EXCHANGE_MAX];

	return MYSQL_HEADER + form_payload(form, 0, &capabilities[0], payload);
}

static inline void line_expects(struct line *line, char counts, u16 code)
{
	static const char letters[] = "orIEsSAU";
	static const u8 types[] = {RESPONSE_OK,     RESPONSE_RESULTSET,  RESPONSE_LOCAL_INFILE,
				   RESPONSE_EOF,    RESPONSE_STATISTICS, RESPONSE_STREAM,
				   RESPONSE_AUTH_OK};
	struct expected *expected = &line->expected;
	const char *letter = strchr(letters, counts);
	u8 type;

	if (counts == '.')
		return;
	if (counts == 'w') {
		expected->rows++;
	} else if (counts == 'x') {
		expected->malformed++;
	} else if (counts == 'U') {
		expected->responses_unclassified++;
	} else if (letter) {
		expected->responses[types[letter - letters]]++;
	} else {
		type = counts == 'e'   ? RESPONSE_ERR
		       : counts == 'a' ? RESPONSE_AUTH_ERR
				       : RESPONSE_DISCONNECT;
		expected->responses[type]++;
		if (code)
			count_error(&expected->codes, type, code);
	}
}

/* Packets, and what they count as. */
static inline void line_scripts(struct line *line, const u8 *script, const char *counted)
{
	bool empty = !script[0] && !script[1];

	for (int i = 0; !empty && i < STEPS_MAX && script[i] != SCRIPT_END; i++)
		line_answers(line, script[i], 0);
	for (; counted && *counted; counted++)
		line_expects(line, *counted, 0);
}

static inline void line_logs_in(struct line *line)
{
	if (!line->logged_in)
		line_client(line, 1, line->with->login, line->with->login_length);
	line->logged_in = true;
}

/* Up to the login's end, or the stage of the state. */
static inline void line_greets(struct line *line, u8 stage)
{
	char request[32] = {};

	mysql_connection_new(&line->tap.connection, 0, 0);
	if (stage == STAGE_CONNECTED)
		return;
	line_answers(line, GREETING, 0);
	if (stage == STAGE_GREETED)
		return;
	line->id = 2;
	if (stage == STAGE_TLS_ASKED || stage == STAGE_TLS) {
		memcpy(request, line->with->login, 4);
		request[1] |= CLIENT_SSL >> 8;
		line_client(line, 1, request, sizeof(request));
		line->logged_in = true;
		if (stage == STAGE_TLS)
			line_sends(line, 0, (const u8 *)"\x16\3\1\0\5hello", 10);
		return;
	}
	line_logs_in(line);
	if (stage == STAGE_DIALOGUE) {
		line_answers(line, AUTH_SWITCH, 0);
		line_client(line, 3, "secret", 6);
		line->id = 4;
	} else if (stage == STAGE_READY) {
		line_answers(line, OK_, 0);
		line_expects(line, 'A', 0);
	}
}

/* pipelined: the client has sent another command behind the one that is answered */
static inline void line_starts(struct line *line, const struct capabilities *with,
			       const struct state *state, u8 command, bool pipelined)
{
	char payload[] = {command, 's', 'h', 'o', 'p', 0};

	memset(line, 0, sizeof(*line));
	line->with = with;
	if (with->style == STYLE_UNKNOWN) {
		mysql_connection_older(&line->tap.connection, 0, 0);
		line->logged_in = true;
		line_asks(line, "\x0e", 1);
		line->id = 1;
		line_answers(line, OK_, 0);
		line_expects(line, 'o', 0);
	} else {
		line_greets(line, state->stage);
	}
	if (state->stage == STAGE_READY)
		line->id = 1;
	if (state->commands)
		line_asks(line, payload, sizeof(payload));
	if (pipelined)
		line_asks(line, "\x0e", 1);
	line_scripts(line, state->steps, state->before);
}

/* What was counted otherwise than expected; NULL: nothing. */
static inline const char *line_difference(const struct line *line, bool unread)
{
	static char text[80];
	const struct expected *expected = &line->expected;
	const struct counts *counts = &line->tap.counts;
	u32 waiting = mysql_commands_waiting(&line->tap.connection);
	u64 commands = 0;

	for (int i = 0; i < RESPONSE_TYPES; i++)
		if (counts->responses[i] != expected->responses[i]) {
			snprintf(text, sizeof(text), "%llu responses of type %d, not %llu",
				 (unsigned long long)counts->responses[i], i,
				 (unsigned long long)expected->responses[i]);
			return text;
		}
	for (int i = 0; i < COMMAND_CLASSES; i++)
		commands += counts->commands[i];
	if (memcmp(counts->errors, expected->codes.errors, sizeof(counts->errors)))
		return "another code";
	if (counts->rows != expected->rows)
		return "rows";
	if (counts->malformed != expected->malformed)
		return "malformed";
	if (counts->gaps != expected->gaps)
		return "gaps";
	if (counts->unclassified != expected->responses_unclassified)
		return "unclassified";
	if (commands != expected->commands)
		return "commands";
	if (unread)
		return NULL;
	if (waiting)
		return "a command waits";
	if (!expected->gaps && counts->answered != expected->commands - counts->unclassified)
		return "answered";
	if (!expected->gaps && counts->first < counts->answered)
		return "first";
	return NULL;
}

#endif
