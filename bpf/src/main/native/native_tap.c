/* SPDX-License-Identifier: Apache-2.0 */
/* The life of the kernel programs. */
#include "native.h"

#include <errno.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "listeners.h"
#include "sizes.h"

static jlong native_open(JNIEnv *env, jclass class)
{
	(void)env;
	(void)class;
	return (jlong)(intptr_t)tap_open();
}

static jint native_load(JNIEnv *env, jclass class, jlong handle, jintArray ports,
			jbyteArray ipv4_mask, jbyteArray ipv6_mask, jboolean users,
			jboolean proxy_protocol, jboolean tracing, jboolean within_cgroup,
			jboolean tls, jboolean watch_servers, jint max_backends, jint max_refused,
			jint max_connections, jint max_errors)
{
	struct tap_config config = {
		.users = users,
		.proxy_protocol = proxy_protocol,
		.tracing = tracing,
		.within_cgroup = within_cgroup,
		.tls = tls,
		.watch_servers = watch_servers,
		.max_backends = max_backends,
		.max_refused = max_refused,
		.max_connections = max_connections,
		.max_errors = max_errors,
	};
	jsize n = (*env)->GetArrayLength(env, ports);
	jint numbers[MAX_PORTS];

	(void)class;
	if (n > MAX_PORTS || (*env)->GetArrayLength(env, ipv4_mask) != 16 ||
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
		.tls = true,
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
	const char *links;
	int fd = native_open_cgroup(env, cgroup), error = -ENOMEM;

	(void)class;
	if (fd < 0)
		return fd;
	links = chars_of(env, pinned);
	if (links || !pinned)
		error = tap_attach(tap_of(handle), fd, links);
	release(env, pinned, links);
	close(fd);
	return error;
}

static jint native_attach_again(JNIEnv *env, jclass class, jlong handle, jstring cgroup)
{
	int fd = native_open_cgroup(env, cgroup), error;

	(void)class;
	if (fd < 0)
		return fd;
	error = tap_attach_again(tap_of(handle), fd);
	close(fd);
	return error;
}

/* The hook that the last attaching failed at, as an enum bpf_attach_type; -1 before any program. */
static jint native_refused_hook(JNIEnv *env, jclass class, jlong handle)
{
	const struct bpf_program *refused = tap_of(handle)->refused;

	(void)env;
	(void)class;
	return refused ? (jint)bpf_program__expected_attach_type(refused) : -1;
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

/* 0 or -EINVAL. */
static int listener_of(JNIEnv *env, jbyteArray address, jint namespace, jint port,
		       struct listener_key *key)
{
	*key = (struct listener_key){.namespace = (uint32_t) namespace, .port = (uint16_t)port};
	if ((*env)->GetArrayLength(env, address) != sizeof(key->address))
		return -EINVAL;
	(*env)->GetByteArrayRegion(env, address, 0, sizeof(key->address), (jbyte *)key->address);
	return 0;
}

static jint native_add_listener(JNIEnv *env, jclass class, jlong handle, jbyteArray address,
				jint namespace, jint port, jint process)
{
	struct listener_key key;
	int error = listener_of(env, address, namespace, port, &key);

	(void)class;
	return error ? error : listeners_add(tap_of(handle), &key, (uint32_t)process);
}

static jint native_remove_listener(JNIEnv *env, jclass class, jlong handle, jbyteArray address,
				   jint namespace, jint port)
{
	struct listener_key key;
	int error = listener_of(env, address, namespace, port, &key);

	(void)class;
	return error ? error : listeners_remove(tap_of(handle), &key);
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

static const JNINativeMethod methods[] = {
	{"open", "()J", native_open},
	{"load", "(J[I[B[BZZZZZZIIII)I", native_load},
	{"memory", "(JIIIII)J", native_memory},
	{"attach", "(JLjava/lang/String;Ljava/lang/String;)I", native_attach},
	{"attachAgain", "(JLjava/lang/String;)I", native_attach_again},
	{"refusedHook", "(J)I", native_refused_hook},
	{"describe", "(J[B)I", native_describe},
	{"addListener", "(J[BIII)I", native_add_listener},
	{"removeListener", "(J[BII)I", native_remove_listener},
	{"close", "(J)V", native_close},
	{"complaint", "()Ljava/lang/String;", native_complaint},
};

jint native_register_tap(JNIEnv *env, jclass class)
{
	return (*env)->RegisterNatives(env, class, methods, sizeof(methods) / sizeof(methods[0]));
}
