/* SPDX-License-Identifier: Apache-2.0 */
/* io.mysqlwire.bpf.Native, its methods by topic. Only native*.c know JNI. Errors cross it as
 * negative errno. */
#ifndef MYSQL_WIRE_NATIVE_H
#define MYSQL_WIRE_NATIVE_H

#include <jni.h>
#include <stddef.h>
#include <stdint.h>

struct tap;

static inline struct tap *tap_of(jlong handle)
{
	return (struct tap *)(intptr_t)handle;
}

/* A Java string as bytes, to be given back with release(). NULL for null, and when there is no
 * memory. */
static inline const char *chars_of(JNIEnv *env, jstring string)
{
	/* After a failed one an OutOfMemoryError is on its way, and no other call may follow. */
	if (!string || (*env)->ExceptionCheck(env))
		return NULL;
	return (*env)->GetStringUTFChars(env, string, NULL);
}

static inline void release(JNIEnv *env, jstring string, const char *chars)
{
	if (chars)
		(*env)->ReleaseStringUTFChars(env, string, chars);
}

/* A descriptor of a cgroup's directory, or a negative errno. */
int native_open_cgroup(JNIEnv *env, jstring cgroup);

/* Each returns JNI_OK, or a negative number with an exception on its way. */
jint native_register_cgroup(JNIEnv *env, jclass class);
jint native_register_layout(JNIEnv *env, jclass class);
jint native_register_pins(JNIEnv *env, jclass class);
jint native_register_probes(JNIEnv *env, jclass class);
jint native_register_reader(JNIEnv *env, jclass class);
jint native_register_tap(JNIEnv *env, jclass class);

#endif
