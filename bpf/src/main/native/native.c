/* SPDX-License-Identifier: Apache-2.0 */
/* io.mysqlwire.bpf.Native: the only file that knows JNI. Errors cross it as negative errno. */
#include <errno.h>
#include <fcntl.h>
#include <jni.h>
#include <stddef.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "pins.h"
#include "sizes.h"
#include "snapshot.h"

static struct tap *tap_of(jlong handle)
{
	return (struct tap *)(intptr_t)handle;
}

static struct reader *reader_of(jlong handle)
{
	return (struct reader *)(intptr_t)handle;
}

/* A Java string as bytes, to be given back with release(). NULL for null, and when there is no
 * memory. */
static const char *chars_of(JNIEnv *env, jstring string)
{
	/* After a failed one an OutOfMemoryError is on its way, and no other call may follow. */
	if (!string || (*env)->ExceptionCheck(env))
		return NULL;
	return (*env)->GetStringUTFChars(env, string, NULL);
}

static void release(JNIEnv *env, jstring string, const char *chars)
{
	if (chars)
		(*env)->ReleaseStringUTFChars(env, string, chars);
}

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
	RESPONSE_TYPES,
	COMMAND_CLASSES,
	OPAQUE_REASONS,
	LOST_REASONS,
	LATENCY_BUCKETS,
	OTHER_BACKENDS,
	FILE_CLASSES,
	MAX_FSYNCS,
	LAYOUT_VERSION,
	sizeof(struct tap_description),
	offsetof(struct tap_description, layout),
	offsetof(struct tap_description, tracing),
	offsetof(struct tap_description, max_backends),
	offsetof(struct tap_description, ipv4_prefix),
	offsetof(struct tap_description, ipv6_prefix),
	offsetof(struct tap_description, cgroup),
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

/* Kernel memory of maps on a host with so many possible CPUs; 0 stands for this host's. */
static jlong native_memory(JNIEnv *env, jclass class, jlong handle, jint max_backends,
			   jint max_refused, jint max_connections, jint max_errors, jint cpus)
{
	struct tap_config config = {
		.max_backends = max_backends,
		.max_refused = max_refused,
		.max_connections = max_connections,
		.max_errors = max_errors,
	};
	int possible = cpus ? cpus : libbpf_num_possible_cpus();
	int error = possible < 0 ? possible : sizes_set(tap_of(handle), &config, possible);

	(void)env;
	(void)class;
	return error ? error : (jlong)sizes_memory(tap_of(handle), possible);
}

static jint native_attach(JNIEnv *env, jclass class, jlong handle, jstring cgroup, jstring pinned)
{
	const char *path = chars_of(env, cgroup), *links = chars_of(env, pinned);
	int fd, error = -ENOMEM;

	(void)class;
	if (path && (links || !pinned)) {
		fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		error = fd < 0 ? -errno : tap_attach(tap_of(handle), fd, links);
		if (fd >= 0)
			close(fd);
	}
	release(env, cgroup, path);
	release(env, pinned, links);
	return error;
}

/* Tells readers of the maps what was loaded: a struct tap_description that Java has filled. */
static jint native_describe(JNIEnv *env, jclass class, jlong handle, jbyteArray bytes)
{
	struct tap_description description;
	uint32_t zero = 0;

	(void)class;
	if ((*env)->GetArrayLength(env, bytes) != sizeof(description))
		return -EINVAL;
	(*env)->GetByteArrayRegion(env, bytes, 0, sizeof(description), (jbyte *)&description);
	return bpf_map_update_elem(bpf_map__fd(tap_of(handle)->skeleton->maps.description), &zero,
				   &description, BPF_ANY)
		       ? -errno
		       : 0;
}

static jint native_mount(JNIEnv *env, jclass class, jstring directory)
{
	const char *path = chars_of(env, directory);
	int error = path ? pins_mount(path) : -ENOMEM;

	(void)class;
	release(env, directory, path);
	return error;
}

static jint native_unmount(JNIEnv *env, jclass class, jstring directory)
{
	const char *path = chars_of(env, directory);
	int error = path ? 0 : -ENOMEM;

	(void)class;
	if (path && umount2(path, UMOUNT_NOFOLLOW))
		error = -errno;
	release(env, directory, path);
	return error;
}

static jint native_reuse(JNIEnv *env, jclass class, jlong handle, jstring maps)
{
	const char *path = chars_of(env, maps);
	int error = path ? pins_reuse(tap_of(handle), path) : -ENOMEM;

	(void)class;
	release(env, maps, path);
	return error;
}

static jint native_pin(JNIEnv *env, jclass class, jlong handle, jstring maps, jstring programs,
		       jstring links)
{
	const char *m = chars_of(env, maps), *p = chars_of(env, programs),
		   *l = chars_of(env, links);
	int error = -ENOMEM;

	(void)class;
	if (p && l && (m || !maps))
		error = pins_write(tap_of(handle), m, p, l);
	release(env, maps, m);
	release(env, programs, p);
	release(env, links, l);
	return error;
}

static jboolean native_may_read(JNIEnv *env, jclass class, jstring map)
{
	const char *name = chars_of(env, map);
	jboolean readable = name && reader_may_open(name);

	(void)class;
	release(env, map, name);
	return readable;
}

/* A handle or a negative errno: addresses of user space are not negative. */
static jlong reader_or_error(struct reader *reader, int error)
{
	return error ? error : (jlong)(intptr_t)reader;
}

static jlong native_reader(JNIEnv *env, jclass class, jlong handle)
{
	struct reader *reader = NULL;
	int error = reader_of_tap(tap_of(handle), &reader);

	(void)env;
	(void)class;
	return reader_or_error(reader, error);
}

static jlong native_open_pins(JNIEnv *env, jclass class, jstring directory)
{
	const char *path = chars_of(env, directory);
	struct reader *reader = NULL;
	int error = path ? reader_of_pins(path, &reader) : -ENOMEM;

	(void)class;
	release(env, directory, path);
	return reader_or_error(reader, error);
}

static void native_close_reader(JNIEnv *env, jclass class, jlong handle)
{
	(void)env;
	(void)class;
	reader_close(reader_of(handle));
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

static struct readable_map *map_named(JNIEnv *env, struct reader *reader, jstring name)
{
	const char *chars = chars_of(env, name);
	struct readable_map *map = chars ? reader_map(reader, chars) : NULL;

	release(env, name, chars);
	return map;
}

static jint native_max_entries(JNIEnv *env, jclass class, jlong handle, jstring name)
{
	struct readable_map *map = map_named(env, reader_of(handle), name);

	(void)class;
	return map ? (jint)map->max_entries : 0;
}

static jlong native_read(JNIEnv *env, jclass class, jlong handle, jstring name, jobject buffer,
			 jint limit)
{
	struct reader *reader = reader_of(handle);
	struct readable_map *map = map_named(env, reader, name);
	void *memory;
	jlong capacity;

	(void)class;
	if (!map)
		return -EINVAL; /* an OutOfMemoryError may be on its way: no call may follow */
	memory = (*env)->GetDirectBufferAddress(env, buffer);
	capacity = (*env)->GetDirectBufferCapacity(env, buffer);
	if (!memory || capacity < 0 || limit < 0)
		return -EINVAL;
	return snapshot_read(reader, map, memory, capacity, limit);
}

/* Runs and nanoseconds of a program: statistics[0] and [1]. */
static jint native_statistics(JNIEnv *env, jclass class, jlong handle, jstring name,
			      jlongArray statistics)
{
	const char *chars = chars_of(env, name);
	int fd = chars ? reader_program(reader_of(handle), chars) : -1;
	struct bpf_prog_info info = {};
	__u32 size = sizeof(info);
	jlong figures[2];

	(void)class;
	release(env, name, chars);
	if (fd < 0)
		return -ENOENT; /* of the other tap */
	if ((*env)->GetArrayLength(env, statistics) < 2)
		return -EINVAL;
	if (bpf_obj_get_info_by_fd(fd, &info, &size))
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
	{"memory", "(JIIIII)J", native_memory},
	{"attach", "(JLjava/lang/String;Ljava/lang/String;)I", native_attach},
	{"describe", "(J[B)I", native_describe},
	{"close", "(J)V", native_close},
	{"complaint", "()Ljava/lang/String;", native_complaint},
	{"mount", "(Ljava/lang/String;)I", native_mount},
	{"unmount", "(Ljava/lang/String;)I", native_unmount},
	{"reuse", "(JLjava/lang/String;)I", native_reuse},
	{"pin", "(JLjava/lang/String;Ljava/lang/String;Ljava/lang/String;)I", native_pin},
	{"mayRead", "(Ljava/lang/String;)Z", native_may_read},
	{"reader", "(J)J", native_reader},
	{"openPins", "(Ljava/lang/String;)J", native_open_pins},
	{"closeReader", "(J)V", native_close_reader},
	{"maxEntries", "(JLjava/lang/String;)I", native_max_entries},
	{"read", "(JLjava/lang/String;Ljava/nio/ByteBuffer;I)J", native_read},
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
