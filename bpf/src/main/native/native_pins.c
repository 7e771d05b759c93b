/* SPDX-License-Identifier: Apache-2.0 */
/* Names in a BPF file system. */
#include "native.h"

#include <errno.h>
#include <sys/mount.h>

#include "pins.h"

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

static const JNINativeMethod methods[] = {
	{"mount", "(Ljava/lang/String;)I", native_mount},
	{"unmount", "(Ljava/lang/String;)I", native_unmount},
	{"reuse", "(JLjava/lang/String;)I", native_reuse},
	{"pin", "(JLjava/lang/String;Ljava/lang/String;Ljava/lang/String;)I", native_pin},
};

jint native_register_pins(JNIEnv *env, jclass class)
{
	return (*env)->RegisterNatives(env, class, methods, sizeof(methods) / sizeof(methods[0]));
}
