/* SPDX-License-Identifier: Apache-2.0 */
/* Sizes and offsets in the maps. */
#include "native.h"

#include "layout.h"

/* Order of io.mysqlwire.bpf.MapLayout. Bytes, or numbers of elements. */
static const jint layout[] = {
	sizeof(struct mysql_identity),
	offsetof(struct mysql_identity, place.server),
	offsetof(struct mysql_identity, place.backend),
	offsetof(struct mysql_identity, place.port),
	offsetof(struct mysql_identity, place.other),
	offsetof(struct mysql_identity, place.cut),
	offsetof(struct mysql_identity, place.zone),
	offsetof(struct mysql_identity, place.namespace),
	offsetof(struct mysql_identity, user),
	MYSQL_USER_MAX,
	sizeof(struct unix_name),
	offsetof(struct unix_name, bytes),
	offsetof(struct unix_name, length),
	sizeof(struct backend_counters),
	offsetof(struct backend_counters, responses),
	offsetof(struct backend_counters, commands),
	offsetof(struct backend_counters, unclassified),
	offsetof(struct backend_counters, bytes),
	offsetof(struct backend_counters, rows),
	offsetof(struct backend_counters, opened),
	offsetof(struct backend_counters, latency),
	offsetof(struct backend_counters, latency_ns),
	offsetof(struct backend_counters, command_ns),
	offsetof(struct error_key, backend),
	offsetof(struct error_key, code),
	offsetof(struct error_key, type),
	sizeof(struct error_key),
	sizeof(struct connection_gauge),
	offsetof(struct connection_gauge, used),
	offsetof(struct connection_gauge, backend),
	offsetof(struct connection_gauge, opaque),
	offsetof(struct connection_gauge, waiting),
	WAITING_COMMANDS_SHIFT,
	WAITING_TIME_SHIFT,
	offsetof(struct gauges_used, peak),
	sizeof(struct fsync_key),
	offsetof(struct fsync_key, server),
	offsetof(struct fsync_key, port),
	offsetof(struct fsync_key, file),
	offsetof(struct fsync_key, zone),
	offsetof(struct fsync_key, namespace),
	sizeof(struct fsync_counters),
	offsetof(struct fsync_counters, latency),
	offsetof(struct fsync_counters, latency_ns),
	sizeof(struct listener_key),
	offsetof(struct listener_key, address),
	offsetof(struct listener_key, namespace),
	offsetof(struct listener_key, port),
	sizeof(struct listener),
	offsetof(struct listener, socket),
	offsetof(struct listener, process),
	RESPONSE_TYPES,
	COMMAND_CLASSES,
	OPAQUE_REASONS,
	LOST_REASONS,
	LATENCY_BUCKETS,
	OTHER_BACKENDS,
	FILE_CLASSES,
	MAX_FSYNCS,
	MAX_BINARIES,
	LAYOUT_VERSION,
	sizeof(struct tap_description),
	offsetof(struct tap_description, layout),
	offsetof(struct tap_description, tracing),
	offsetof(struct tap_description, max_backends),
	offsetof(struct tap_description, ipv4_prefix),
	offsetof(struct tap_description, ipv6_prefix),
	offsetof(struct tap_description, attachments),
	offsetof(struct tap_description, cgroup),
	offsetof(struct tap_description, since),
	offsetof(struct tap_description, servers_since),
	offsetof(struct tap_description, ports),
	offsetof(struct tap_description, tap_reason),
};

static jintArray native_layout(JNIEnv *env, jclass class)
{
	jsize n = sizeof(layout) / sizeof(layout[0]);
	jintArray array = (*env)->NewIntArray(env, n);

	(void)class;
	if (array)
		(*env)->SetIntArrayRegion(env, array, 0, n, layout);
	return array;
}

static const JNINativeMethod methods[] = {
	{"layout", "()[I", native_layout},
};

jint native_register_layout(JNIEnv *env, jclass class)
{
	return (*env)->RegisterNatives(env, class, methods, sizeof(methods) / sizeof(methods[0]));
}
