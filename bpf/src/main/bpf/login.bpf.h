/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * Which backend a connection counts for: the client asks, mysqld decides.
 *
 * A name that nobody has logged in with takes no id before mysqld's answer. The two halves may come
 * to know it in any order: a refusal crosses a login on the way, and the tracing tap may see the
 * answer later than the client's next command. What is decided on is therefore under the
 * connection's lock, and commands that arrive before the decision wait for it.
 */
#ifndef MYSQL_WIRE_LOGIN_H
#define MYSQL_WIRE_LOGIN_H

#include "gauge.bpf.h"

/* Whether mysqld has yet to say whose the connection is, or is to be. */
static __always_inline bool undecided(struct tracked_connection *t)
{
	bool decided = t->known && !t->asking[0] && !t->asking[1];

	/* Once it is decided, t->backend is read after it and not before. */
	barrier();
	return !decided;
}

/* Counts a command that arrives before it is known whose it is; false when that is known. */
static __noinline bool count_early(struct tracked_connection *t, u32 class)
{
	bool early;

	if (class >= COMMAND_CLASSES)
		return true;
	bpf_spin_lock(&t->guard);
	early = undecided(t);
	if (early) {
		t->early[class]++;
		t->has_early = 1;
	}
	bpf_spin_unlock(&t->guard);
	return early;
}

/* The backend is who a load balancer says it is. No zone comes with that address. */
static __noinline void take_source(struct tracked_connection *t)
{
	struct mysql_place *place = &t->arriving.place;

	__builtin_memcpy(place, &t->place, sizeof(*place));
	__builtin_memcpy(place->backend, t->wire.client.proxy.source, sizeof(place->backend));
	mask_backend(place);
	if (!is_link_local(place->server))
		place->zone = 0;
	bpf_spin_lock(&t->guard);
	__builtin_memcpy(&t->place, place, sizeof(*place));
	bpf_spin_unlock(&t->guard);
}

/* The client asks for the account that it named last. */
static __noinline void ask(struct tracked_connection *t)
{
	u32 number = t->wire.client.commands;
	struct asked_account *asked = &t->asked[number & (ASKED_ACCOUNTS - 1)];

	bpf_spin_lock(&t->guard);
	/* Nobody answers behind the end. */
	if (!t->closed) {
		asked->number = number;
		asked->cut = t->wire.client.user_cut;
		__builtin_memcpy(asked->user, t->wire.user, MYSQL_USER_MAX);
		t->asking[number & (ASKED_ACCOUNTS - 1)] = 1;
	}
	bpf_spin_unlock(&t->guard);
}

/* The account that the client asked for with this command, if it did and that is remembered. */
static __always_inline bool find_asked(struct tracked_connection *t, u32 number,
				       struct mysql_identity *identity)
{
	u32 index = number & (ASKED_ACCOUNTS - 1);
	struct asked_account *asked = &t->asked[index];
	bool found;

	set_nameless(identity, t);
	bpf_spin_lock(&t->guard);
	found = t->asking[index] && asked->number == number;
	if (found && keep_users) {
		identity->place.cut = asked->cut;
		__builtin_memcpy(identity->user, asked->user, MYSQL_USER_MAX);
	}
	bpf_spin_unlock(&t->guard);
	return found;
}

/*
 * From now on counts of the connection go to this backend, unless the other half was faster; so do
 * those that waited for mysqld's answer.
 *
 * known: t->known when the caller decided
 */
static __noinline void backend_known(struct tracked_connection *t, u32 id, bool known, bool opened)
{
	struct backend_counters *counters = counters_of(id);
	bool first, answered;

	if (!counters)
		return;
	bpf_spin_lock(&t->guard);
	first = !t->known;
	answered = first || t->closed;
	for (int i = 0; i < ASKED_ACCOUNTS; i++) {
		if (!t->asking[i] ||
		    (!t->closed && mysql_after(t->asked[i].number, t->wire.server.answered)))
			continue;
		t->asking[i] = 0;
		answered = true;
	}
	if (first || known)
		t->backend = id;
	barrier();
	t->known = 1;
	if (answered && t->has_early && t->backend == id) {
		t->has_early = 0;
		for (int i = 0; i < COMMAND_CLASSES; i++) {
			count(&counters->commands[i], t->early[i]);
			t->early[i] = 0;
		}
	}
	bpf_spin_unlock(&t->guard);
	update_gauge(t);
	if (first && opened)
		count(&counters->opened, 1);
}

/* A login: a name that is known counts at once, and so does a client that gives none. */
static __noinline void login_arrives(struct tracked_connection *t)
{
	struct mysql_identity *identity = &t->arriving;
	u32 *known;

	set_nameless(identity, t);
	if (keep_users) {
		identity->place.cut = t->wire.client.user_cut;
		__builtin_memcpy(identity->user, t->wire.user, MYSQL_USER_MAX);
	}
	known = bpf_map_lookup_elem(&backend_ids, identity);
	if (known)
		backend_known(t, *known, false, true);
	else if (identity->user[0])
		ask(t);
	else
		backend_known(t, backend_id(identity), false, true);
}

/*
 * mysqld answers while it is undecided whose the connection is, or answers a login. Returns the id
 * that the answer counts for: a refused COM_CHANGE_USER for the account that was asked for, though
 * the connection keeps its own.
 */
static __noinline u32 mysqld_decides(struct tracked_connection *t, u8 response)
{
	struct mysql_identity *identity = &t->answered;
	bool accepted = response == RESPONSE_AUTH_OK + 1, known = t->known;
	bool found = find_asked(t, known ? t->wire.server.answered : 0, identity);
	u32 id;

	if (known && !(found && (accepted || response == RESPONSE_AUTH_ERR + 1)))
		id = t->backend; /* a known name logs in, or some command is answered */
	else
		id = accepted ? backend_id(identity) : refused_id(identity);
	backend_known(t, known && !accepted ? t->backend : id, known, true);
	return id;
}

#endif
