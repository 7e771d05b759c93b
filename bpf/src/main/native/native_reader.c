/* SPDX-License-Identifier: Apache-2.0 */
/* Reading of maps and of programs' statistics. */
#include "native.h"

#include <errno.h>

#include <bpf/bpf.h>

#include "snapshot.h"

static struct reader *reader_of(jlong handle)
{
	return (struct reader *)(intptr_t)handle;
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

static const JNINativeMethod methods[] = {
	{"mayRead", "(Ljava/lang/String;)Z", native_may_read},
	{"reader", "(J)J", native_reader},
	{"openPins", "(Ljava/lang/String;)J", native_open_pins},
	{"closeReader", "(J)V", native_close_reader},
	{"maxEntries", "(JLjava/lang/String;)I", native_max_entries},
	{"read", "(JLjava/lang/String;Ljava/nio/ByteBuffer;I)J", native_read},
	{"statistics", "(JLjava/lang/String;[J)I", native_statistics},
};

jint native_register_reader(JNIEnv *env, jclass class)
{
	return (*env)->RegisterNatives(env, class, methods, sizeof(methods) / sizeof(methods[0]));
}
