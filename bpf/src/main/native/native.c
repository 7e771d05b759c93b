/* SPDX-License-Identifier: Apache-2.0 */
#include "native.h"

#include <string.h>

static jstring native_error_text(JNIEnv *env, jclass class, jint error)
{
	char text[128];

	(void)class;
	return (*env)->NewStringUTF(env, strerror_r(error, text, sizeof(text)));
}

static const JNINativeMethod error_text[] = {
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
	if (!class || (*env)->RegisterNatives(env, class, error_text, 1) ||
	    native_register_cgroup(env, class) || native_register_layout(env, class) ||
	    native_register_tap(env, class) || native_register_pins(env, class) ||
	    native_register_probes(env, class) || native_register_reader(env, class))
		return JNI_ERR;
	return JNI_VERSION_10;
}
