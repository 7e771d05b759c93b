/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fuzzer of the wire state machine (libFuzzer): both directions, cut at will.
 *
 * The input is a recipe (recipe.h). What must hold: no read or write out of bounds (sanitizers),
 * bounded progress (host_segment() aborts), counts that do not depend on where segments are cut,
 * and exact counts again one command after whatever came (resync_probe.h).
 */
#include <stdint.h>
#include <stdio.h>

#include "resync_probe.h"

static unsigned long long executions, excused[EXCUSES], first_exact;

static void report(void)
{
	printf("fuzz: %llu executions in this process; after them:", executions);
	for (int i = 0; i < EXCUSES; i++)
		printf("%s %s %llu", i ? "," : "", resync_excuses[i], excused[i]);
	printf("; first answer exact already %llu\n", first_exact);
}

/* FNV-1a: the same input is cut at the same places each time. */
static u64 chance_of(const uint8_t *input, size_t size)
{
	u64 hash = 0xcbf29ce484222325;

	for (size_t i = 0; i < size; i++)
		hash = (hash ^ input[i]) * 0x100000001b3;
	return hash | 1;
}

static void print_state(const char *when, const struct host_tap *tap)
{
	const struct mysql_connection *c = &tap->connection;
	const struct counts *counts = &tap->counts;

	fprintf(stderr, "%s: client: phase %u, synced %u, sequence %u, file %u; ", when,
		c->client.phase, c->client.stream.synced, c->client.sequence, c->client.file);
	fprintf(stderr, "server: phase %u, synced %u, sequence %u, command %u; waiting %u, ",
		c->server.phase, c->server.stream.synced, c->server.sequence, c->server.command,
		mysql_commands_waiting(c));
	fprintf(stderr, "entries %u; eof style %u, compressed %u; responses",
		(u8)(c->client.head - c->server.tail), c->eof_style, c->compressed);
	for (int i = 0; i < RESPONSE_TYPES; i++)
		fprintf(stderr, " %llu", (unsigned long long)counts->responses[i]);
	fprintf(stderr, ", rows %llu, unclassified %llu, malformed %llu, gaps %llu\n",
		(unsigned long long)counts->rows, (unsigned long long)counts->unclassified,
		(unsigned long long)counts->malformed, (unsigned long long)counts->gaps);
}

static void check_cuts(const uint8_t *input, size_t size, const struct host_tap *whole)
{
	static const u32 pieces[] = {1, 2, 3, 7, MYSQL_CLIENT_CHUNK, 0, 0};
	struct host_tap cut;
	u64 chance = chance_of(input, size);

	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		play(&cut, input, size, (struct cuts){pieces[i], chance + 2 * i, true});
		if (memcmp(&whole->counts, &cut.counts, sizeof(cut.counts))) {
			fprintf(stderr, "counts differ in pieces of %u bytes (0: random)\n",
				pieces[i]);
			print_state("whole", whole);
			print_state("in pieces", &cut);
			abort();
		}
	}
}

/* Exchanges until a blind half sees again, at most. */
#define STEPS (MYSQL_IN_STEP + 1)

/* The first byte's upper bits choose what comes after the garbage. */
static void check_resync(struct host_tap *tap, struct played p, uint8_t choice)
{
	const struct mysql_connection *c = &tap->connection;
	enum resync_excuse excuse;
	bool classic = c->eof_style == EOF_UNKNOWN ? choice & 1 : c->eof_style == EOF_CLASSIC;
	struct exchange first = probe_exchange(choice >> 4, classic, c->compressed);
	struct host_tap before[2];
	struct exchange second;
	bool exact;

	/* Nobody is quiet within a packet. */
	play_rest(tap, 0, &p);
	play_rest(tap, KIND_FROM_SERVER, &p);
	/* TCP has all of what was sent: what is missing still will not come. */
	if (c->client.stream.synced && c->client.phase != CLIENT_OPAQUE &&
	    mysql_after(p.client, c->client.stream.next))
		tap->counts.gaps += mysql_client_gap(&tap->connection);
	excuse = resync_excuse(c, &p);
	before[0] = *tap;
	if (excuse == EXCUSE_NONE) {
		first_exact += probe(tap, &p, &first);
		if (ring_full(c))
			excuse = EXCUSE_FULL;
	}
	excused[excuse]++;
	/* The last has an answer that only its command tells. */
	second = probe_exchange((p.now + choice) % (is_blind(c) ? PROBES - 1 : PROBES), classic,
				c->compressed);
	before[1] = *tap;
	if (excuse != EXCUSE_NONE)
		return;
	/* Of a connection with cursors a blind half gives up what looks like an OK. */
	exact = probe(tap, &p, &second) || (is_blind(c) && c->server.cursors);
	for (int i = 0; exact && is_blind(c) && i < STEPS; i++)
		exact = probe(tap, &p, &second) || c->server.cursors;
	exact = exact && probe(tap, &p, &second);
	if (exact && !is_blind(c))
		return;
	fprintf(stderr, "the second answer after garbage is not counted exactly\n");
	print_state("before the first command", &before[0]);
	print_state("before the second", &before[1]);
	print_state("after its answer", tap);
	fprintf(stderr, "expected: responses of type %u and %u\n", first.response, second.response);
	abort();
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return atexit(report);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
	struct host_tap whole, cut;
	struct played p;

	if (size < 3)
		return 0;
	executions++;
	p = play(&whole, input, size, (struct cuts){RECIPE_RECORD_MAX, 1, false});
	/*
	 * Where to begin to understand again is told by the start of a segment, so it may depend on
	 * the cuts; where nothing was lost, nothing may.
	 */
	if (!(input[0] & KIND_OLDER) && !p.lost && !whole.counts.malformed && !whole.counts.gaps)
		check_cuts(input, size, &whole);
	check_resync(&whole, p, input[0]);
	p = play(&cut, input, size, (struct cuts){0, chance_of(input, size), true});
	check_resync(&cut, p, input[0]);
	return 0;
}
