/* SPDX-License-Identifier: Apache-2.0 */
/* Probes on servers' binaries. */
#include "native.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "reader.h"
#include "tap.h"

static struct probes *probes_of(jlong handle)
{
	return (struct probes *)(intptr_t)handle;
}

/* The probes of a loaded tap, which end with it. */
static jlong native_probes(JNIEnv *env, jclass class, jlong handle)
{
	(void)env;
	(void)class;
	return (jlong)(intptr_t)&tap_of(handle)->probes;
}

static jint native_probe(JNIEnv *env, jclass class, jlong handle, jstring binary)
{
	const char *path = chars_of(env, binary);
	int index = path ? probes_attach(probes_of(handle), path) : -ENOMEM;

	(void)class;
	release(env, binary, path);
	return index;
}

/* Whether a binary has all functions: 0 or a negative errno, see server_functions_find(). */
static jint native_find_functions(JNIEnv *env, jclass class, jstring binary)
{
	const char *path = chars_of(env, binary);
	struct server_functions found;
	int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	int error = path ? -errno : -ENOMEM;

	(void)class;
	if (fd >= 0) {
		error = server_functions_find(fd, &found);
		close(fd);
	}
	release(env, binary, path);
	return error;
}

static jint native_unprobe(JNIEnv *env, jclass class, jlong handle, jint index)
{
	(void)env;
	(void)class;
	return probes_detach(probes_of(handle), (uint32_t)index);
}

static jint native_forget(JNIEnv *env, jclass class, jlong handle, jint index)
{
	(void)env;
	(void)class;
	return probes_forget(probes_of(handle), (uint32_t)index);
}

/* Device, inode, connections, contradictions and whether condemned, of each index, in figures. */
static jint binaries_of(JNIEnv *env, const struct probes *probes, jlongArray figures)
{
	jint n = (*env)->GetArrayLength(env, figures) / 5;

	for (jint i = 0; i < n && i < MAX_BINARIES; i++) {
		struct server_binary binary;
		int error = probes_binary(probes, (uint32_t)i, &binary);
		jlong values[5];

		if (error)
			return error;
		values[0] = (jlong)binary.device;
		values[1] = (jlong)binary.inode;
		values[2] = (jlong)binary.connections;
		values[3] = (jlong)binary.contradictions;
		values[4] = mysql_is_condemned(&binary);
		(*env)->SetLongArrayRegion(env, figures, i * 5, 5, values);
	}
	return MAX_BINARIES;
}

static jint native_probed(JNIEnv *env, jclass class, jlong handle, jlongArray figures)
{
	(void)class;
	return binaries_of(env, probes_of(handle), figures);
}

static jint native_read_probed(JNIEnv *env, jclass class, jlong handle, jlongArray figures)
{
	struct reader *reader = (struct reader *)(intptr_t)handle;
	const struct readable_map *map = reader_map(reader, "server_binaries");
	struct probes probes = {.binaries = map ? map->fd : -1};

	(void)class;
	return map ? binaries_of(env, &probes, figures) : -ENOENT;
}

/* A handle of pinned probes, or a negative errno. */
static jlong native_open_probes(JNIEnv *env, jclass class, jstring layout)
{
	struct probes *probes = calloc(1, sizeof(*probes));
	const char *path = chars_of(env, layout);
	int error = probes && path ? probes_open(probes, path) : -ENOMEM;

	(void)class;
	release(env, layout, path);
	if (!error)
		return (jlong)(intptr_t)probes;
	free(probes);
	return error;
}

static void native_close_probes(JNIEnv *env, jclass class, jlong handle)
{
	(void)env;
	(void)class;
	probes_close(probes_of(handle));
	free(probes_of(handle));
}

static const JNINativeMethod methods[] = {
	{"probes", "(J)J", native_probes},
	{"probe", "(JLjava/lang/String;)I", native_probe},
	{"findFunctions", "(Ljava/lang/String;)I", native_find_functions},
	{"unprobe", "(JI)I", native_unprobe},
	{"forget", "(JI)I", native_forget},
	{"probed", "(J[J)I", native_probed},
	{"readProbed", "(J[J)I", native_read_probed},
	{"openProbes", "(Ljava/lang/String;)J", native_open_probes},
	{"closeProbes", "(J)V", native_close_probes},
};

jint native_register_probes(JNIEnv *env, jclass class)
{
	return (*env)->RegisterNatives(env, class, methods, sizeof(methods) / sizeof(methods[0]));
}
