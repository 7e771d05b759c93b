/* SPDX-License-Identifier: Apache-2.0 */
/* io.mysqlwire.bpf.Native: the only file that knows JNI. Errors cross it as negative errno. */
#include <errno.h>
#include <fcntl.h>
#include <jni.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "snapshot.h"
#include "tap.h"

static struct tap *tap_of(jlong handle)
{
	return (struct tap *)(intptr_t)handle;
}

/* Order of io.mysqlwire.bpf.MapLayout. Bytes, or numbers of elements. */
static const jint layout[] = {
	sizeof(struct mysql_identity),
	offsetof(struct mysql_identity, server),
	offsetof(struct mysql_identity, backend),
	offsetof(struct mysql_identity, port),
	offsetof(struct mysql_identity, other),
	offsetof(struct mysql_identity, user),
	MYSQL_USER_MAX,
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
	offsetof(struct connection_gauge, oldest),
	sizeof(struct fsync_key),
	offsetof(struct fsync_key, server),
	offsetof(struct fsync_key, port),
	offsetof(struct fsync_key, file),
	sizeof(struct fsync_counters),
	offsetof(struct fsync_counters, latency),
	offsetof(struct fsync_counters, latency_ns),
	RESPONSE_TYPES,
	COMMAND_CLASSES,
	OPAQUE_REASONS,
	LOST_REASONS,
	LATENCY_BUCKETS,
	OTHER_BACKENDS,
	FILE_CLASSES,
	MAX_FSYNCS,
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

static jlong native_open(JNIEnv *env, jclass class)
{
	(void)env;
	(void)class;
	return (jlong)(intptr_t)tap_open();
}

static jint native_load(JNIEnv *env, jclass class, jlong handle, jintArray ports,
			jbyteArray ipv4_mask, jbyteArray ipv6_mask, jboolean users,
			jboolean tracing, jboolean within_cgroup, jint max_backends,
			jint max_refused, jint max_connections, jint max_errors)
{
	struct tap_config config = {
		.users = users,
		.tracing = tracing,
		.within_cgroup = within_cgroup,
		.max_backends = max_backends,
		.max_refused = max_refused,
		.max_connections = max_connections,
		.max_errors = max_errors,
	};
	jsize n = (*env)->GetArrayLength(env, ports);
	jint numbers[MAX_PORTS];

	(void)class;
	if (n < 1 || n > MAX_PORTS || (*env)->GetArrayLength(env, ipv4_mask) != 16 ||
	    (*env)->GetArrayLength(env, ipv6_mask) != 16)
		return -EINVAL;
	(*env)->GetIntArrayRegion(env, ports, 0, n, numbers);
	for (jsize i = 0; i < n; i++)
		config.ports[i] = (uint16_t)numbers[i];
	(*env)->GetByteArrayRegion(env, ipv4_mask, 0, 16, (jbyte *)config.ipv4_mask);
	(*env)->GetByteArrayRegion(env, ipv6_mask, 0, 16, (jbyte *)config.ipv6_mask);
	return tap_load(tap_of(handle), &config);
}

static jint native_attach(JNIEnv *env, jclass class, jlong handle, jstring cgroup)
{
	const char *path = (*env)->GetStringUTFChars(env, cgroup, NULL);
	int fd, error;

	(void)class;
	if (!path)
		return -ENOMEM;
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	error = fd < 0 ? -errno : 0;
	(*env)->ReleaseStringUTFChars(env, cgroup, path);
	if (error)
		return error;
	error = tap_attach(tap_of(handle), fd);
	close(fd);
	return error;
}

static void native_close(JNIEnv *env, jclass class, jlong handle)
{
	(void)env;
	(void)class;
	tap_close(tap_of(handle));
}

static jstring native_complaint(JNIEnv *env, jclass class)
{
	(void)class;
	return (*env)->NewStringUTF(env, tap_complaint());
}

static struct bpf_map *map_named(JNIEnv *env, struct tap *tap, jstring name)
{
	const char *chars = (*env)->GetStringUTFChars(env, name, NULL);
	struct bpf_map *map;

	if (!chars)
		return NULL;
	map = bpf_object__find_map_by_name(tap->skeleton->obj, chars);
	(*env)->ReleaseStringUTFChars(env, name, chars);
	return map;
}

static jlong native_read(JNIEnv *env, jclass class, jlong handle, jstring name, jobject buffer,
			 jint limit)
{
	struct tap *tap = tap_of(handle);
	struct bpf_map *map = map_named(env, tap, name);
	void *memory = (*env)->GetDirectBufferAddress(env, buffer);
	jlong capacity = (*env)->GetDirectBufferCapacity(env, buffer);

	(void)class;
	if (!map || !memory || capacity < 0 || limit < 0)
		return -EINVAL;
	return snapshot_read(tap, map, memory, capacity, limit);
}

static jobject native_gauges(JNIEnv *env, jclass class, jlong handle)
{
	struct tap *tap = tap_of(handle);

	(void)class;
	return (*env)->NewDirectByteBuffer(env, tap->gauges, (jlong)tap->gauges_size);
}

/* Runs and nanoseconds of a program: statistics[0] and [1]. */
static jint native_statistics(JNIEnv *env, jclass class, jlong handle, jstring name,
			      jlongArray statistics)
{
	const char *chars = (*env)->GetStringUTFChars(env, name, NULL);
	struct bpf_prog_info info = {};
	struct bpf_program *program;
	__u32 size = sizeof(info);
	jlong figures[2];

	(void)class;
	if (!chars)
		return -ENOMEM;
	program = bpf_object__find_program_by_name(tap_of(handle)->skeleton->obj, chars);
	(*env)->ReleaseStringUTFChars(env, name, chars);
	if (!program || (*env)->GetArrayLength(env, statistics) < 2)
		return -EINVAL;
	if (bpf_program__fd(program) < 0)
		return -ENOENT; /* of the other tap */
	if (bpf_obj_get_info_by_fd(bpf_program__fd(program), &info, &size))
		return -errno;
	figures[0] = (jlong)info.run_cnt;
	figures[1] = (jlong)info.run_time_ns;
	(*env)->SetLongArrayRegion(env, statistics, 0, 2, figures);
	return 0;
}

static jstring native_error_text(JNIEnv *env, jclass class, jint error)
{
	char text[128];

	(void)class;
	return (*env)->NewStringUTF(env, strerror_r(error, text, sizeof(text)));
}

static const JNINativeMethod methods[] = {
	{"layout", "()[I", native_layout},
	{"open", "()J", native_open},
	{"load", "(J[I[B[BZZZIIII)I", native_load},
	{"attach", "(JLjava/lang/String;)I", native_attach},
	{"close", "(J)V", native_close},
	{"complaint", "()Ljava/lang/String;", native_complaint},
	{"read", "(JLjava/lang/String;Ljava/nio/ByteBuffer;I)J", native_read},
	{"gauges", "(J)Ljava/nio/ByteBuffer;", native_gauges},
	{"statistics", "(JLjava/lang/String;[J)I", native_statistics},
	{"errorText", "(I)Ljava/lang/String;", native_error_text},
};

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved)
{
	jclass class;
	JNIEnv *env;

	(void)reserved;
	if ((*vm)->GetEnv(vm, (void **)&env, JNI_VERSION_10) != JNI_OK)
		return JNI_ERR;
	class = (*env)->FindClass(env, "io/mysqlwire/bpf/Native");
	if (!class ||
	    (*env)->RegisterNatives(env, class, methods, sizeof(methods) / sizeof(methods[0])))
		return JNI_ERR;
	return JNI_VERSION_10;
}
