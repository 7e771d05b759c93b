// SPDX-License-Identifier: Apache-2.0
/*
 * Every packet in every state: played on a connection of its own, cut at every place, then the
 * answer goes on to its end, and two more commands show that the state behind it was the right one.
 */
#include <stdio.h>

#include "exchange.h"
#include "host_tap.h"
#include "states_line.h"
#include "states_rows.h"

static unsigned int failures, plays;

/* Codes of refusals, kills and time-outs, and those at the edges. */
static const u16 codes[] = {0,    1040, 1043, 1045, 1053, 1129, 1130, 1153, 1156, 1158,
			    1159, 1161, 1317, 1064, 1835, 1927, 3024, 3169, 4031, 65534};

static bool is_goodbye(u16 code)
{
	return code == 1053 || code == 1158 || code == 1159 || code == 1927 || code == 4031;
}

/* Whether the form of a packet has this code. */
static bool has_code(enum packet_form form, u16 code)
{
	switch (form) {
	case ERR:
	case ERR_STATELESS:
	case ERR_OUT_OF_SEQUENCE:
		return true;
	case ERR_ID_0:
		return !is_goodbye(code);
	case ERR_GOODBYE:
		return is_goodbye(code);
	default:
		return code == codes[0]; /* once */
	}
}

struct cell {
	char counts, next;
	bool unasked;
};

static struct cell cell_of(const struct state *state, enum packet_form form)
{
	const char *at = state->cells;
	struct cell cell;

	for (u32 i = 0;; i++) {
		at += strspn(at, " ");
		if (strlen(at) < 2) {
			printf("states: %s has %u cells\n", state->name, i);
			exit(2);
		}
		if (i == form)
			break;
		at += strcspn(at, " ");
	}
	cell = (struct cell){at[0], at[1], at[2] == '!'};
	return cell;
}

static bool has_style(const struct state *state, enum style style)
{
	return !state->styles || state->styles & style;
}

static const struct state *state_called(char letter, enum style style)
{
	for (u32 i = 0; i < STATES; i++)
		if (states[i].letter == letter && has_style(&states[i], style))
			return &states[i];
	printf("states: no state %c\n", letter);
	exit(2);
}

/* The state behind a cell. */
static const struct state *next_state(const struct state *state, char next, enum style style)
{
	if (next == '=' || next == '~')
		return state;
	if (next == 'C')
		next = style == STYLE_NO_EOFS ? 'R' : style == STYLE_EOFS ? 'c' : 'v';
	if (next == 'M')
		next = style == STYLE_NO_EOFS ? 'p' : style == STYLE_EOFS ? 'P' : 'y';
	return state_called(next, style);
}

/* Two commands that are answered; of a blind half as many more as it takes to see again. */
static void prove(struct line *line)
{
	struct expected *expected = &line->expected;
	int blind = expected->gaps ? MYSQL_IN_STEP + 1 : 0;

	line_logs_in(line);
	for (int i = 0; i <= blind; i++) {
		line_asks(line, "\x02shop", 5);
		line->id = 1;
		line_answers(line, ERR, 1064);
		line_expects(line, 'e', 1064);
	}
	line_asks(line, "\x0e", 1);
	line->id = 1;
	line_answers(line, OK_, 0);
	line_expects(line, 'o', 0);
}

/* After a packet that left the connection unread: nothing of what follows counts. */
static void prove_unread(struct line *line)
{
	line_answers(line, OK_, 0);
	line_answers(line, ERR, 1064);
}

/*
 * In the place of a greeting, what could be a message of the X protocol is one: mysqld speaks that,
 * too. Its length is below 2^24, so it looks like a packet with sequence id 0.
 */
static bool could_be_x(const struct line *line, const struct state *state, u8 form, u16 code)
{
	char payload[EXCHANGE_MAX];
	u8 length = form_payload(form, code, line->with, payload), type = payload[0];

	return state->stage == STAGE_CONNECTED && line->id == 0 && form != OK_OUT_OF_SEQUENCE &&
	       length && (type <= 4 || type == 11);
}

static void play(const struct capabilities *with, const struct state *state, u8 command,
		 enum packet_form form, u16 code, int cut, bool pipelined)
{
	static struct line line;
	struct cell cell = cell_of(state, form);
	const struct state *next;
	const char *difference;
	u8 id;

	plays++;
	line_starts(&line, with, state, command, pipelined);
	id = line.id;
	if (cell.next == 'z' && could_be_x(&line, state, form, code))
		line.expected.responses_unclassified++;
	line.cut = cut;
	line_answers(&line, form, code);
	line.cut = 0;
	line.expected.gaps += cell.unasked;
	line_expects(&line, cell.counts,
		     form == ERR_SIGNAL || form == ERR_SIGNAL_STATELESS || form == PROGRESS ? 65535
		     : form == ERR_NO_CODE                                                  ? 0
											    : code);
	if (cell.next == 'L') {
		line.expected.responses_unclassified +=
			(state->commands && !state->answered) + pipelined;
		prove(&line);
	} else if (cell.next == 'z') {
		prove_unread(&line);
	} else if (cell.next != '-') {
		next = next_state(state, cell.next, with->style);
		if (cell.next == '~')
			line.id = id;
		if (state->letter == 'g')
			line_logs_in(&line);
		line_scripts(&line, next->rest, next->counted);
		if (pipelined) {
			line.id = 1;
			line_answers(&line, OK_, 0);
			line_expects(&line, 'o', 0);
		}
		prove(&line);
	}
	difference = line_difference(&line, cell.next == 'z' || cell.next == '-');
	if (!difference)
		return;
	failures++;
	printf("%s, %s, command %02x: packet %d, code %u, cut %d%s, expected %c%c: %s\n",
	       with->name, state->name, command, form, code, cut, pipelined ? ", pipelined" : "",
	       cell.counts, cell.next, difference);
}

/* A state's first command, and the others, which lead to the same state. */
static void play_commands(const struct capabilities *with, const struct state *state,
			  enum packet_form form, u16 code, bool cut)
{
	const char *command = state->commands;
	int length = cut ? line_packet_length(form) : 1;

	for (int first = 0; first < length; first++)
		play(with, state, command ? *command : 0, form, code, first, false);
	if (cut)
		play(with, state, command ? *command : 0, form, code, CUT_EVERYWHERE, false);
	while (command && *++command)
		play(with, state, *command, form, code, 0, false);
	/* Between commands another one would be the one that is answered. */
	if (state->commands && !strchr(state->cells, '!'))
		play(with, state, *state->commands, form, code, 0, true);
}

static void play_state(const struct capabilities *with, const struct state *state)
{
	for (int form = 0; form < PACKET_FORMS; form++)
		for (u32 i = 0, cut = 1; i < sizeof(codes) / sizeof(codes[0]); i++) {
			if (!has_code(form, codes[i]))
				continue;
			play_commands(with, state, form, codes[i], cut);
			cut = 0;
		}
}

/* Every code, in every state, uncut. */
static void play_codes(const struct capabilities *with, const struct state *state)
{
	static const enum packet_form forms[] = {ERR, ERR_STATELESS, ERR_ID_0};
	u32 step = state->stage == STAGE_READY ? 97 : 1;

	for (u32 code = 0; code < 65535; code += step)
		for (int i = 0; i < 3; i++)
			if (has_code(forms[i], code))
				play(with, state, state->commands ? *state->commands : 0, forms[i],
				     code, 0, false);
}

int main(void)
{
	for (u32 i = 0; i < CAPABILITIES; i++)
		for (u32 j = 0; j < STATES; j++) {
			const struct capabilities *with = &capabilities[i];

			if (!has_style(&states[j], with->style))
				continue;
			play_state(with, &states[j]);
			if (with->every_code)
				play_codes(with, &states[j]);
		}
	printf("states: %u plays of %d packets in %zu states, %u failures\n", plays, PACKET_FORMS,
	       STATES, failures);
	return failures != 0;
}
