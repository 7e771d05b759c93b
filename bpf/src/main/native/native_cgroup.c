/* SPDX-License-Identifier: Apache-2.0 */
/* Cgroups, and the programs that anybody has attached to them. */
#include "native.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <bpf/bpf.h>

/* BPF_CGROUP_MAX_PROGS of include/linux/bpf-cgroup-defs.h. */
#define MAX_ATTACHED 64

int native_open_cgroup(JNIEnv *env, jstring cgroup)
{
	const char *path = chars_of(env, cgroup);
	int fd;

	if (!path)
		return -ENOMEM;
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		fd = -errno;
	release(env, cgroup, path);
	return fd;
}

/* Flags and ids of those that are attached there itself; returns their number. */
static jint native_attached(JNIEnv *env, jclass class, jstring cgroup, jint type, jintArray result)
{
	__u32 ids[1 + MAX_ATTACHED] = {}, n = MAX_ATTACHED;
	int fd = native_open_cgroup(env, cgroup), error;

	(void)class;
	if (fd < 0)
		return fd;
	error = bpf_prog_query(fd, type, 0, &ids[0], ids + 1, &n) ? -errno : 0;
	close(fd);
	if (error)
		return error;
	if ((*env)->GetArrayLength(env, result) < 1 + MAX_ATTACHED)
		return -EINVAL;
	(*env)->SetIntArrayRegion(env, result, 0, 1 + n, (const jint *)ids);
	return (jint)n;
}

/* Empty when it has none, or can't be looked at. */
static jstring native_program_name(JNIEnv *env, jclass class, jint id)
{
	struct bpf_prog_info info = {};
	__u32 size = sizeof(info);
	int fd = bpf_prog_get_fd_by_id(id);

	(void)class;
	if (fd >= 0) {
		if (bpf_obj_get_info_by_fd(fd, &info, &size))
			info.name[0] = 0;
		close(fd);
	}
	return (*env)->NewStringUTF(env, info.name);
}

static const JNINativeMethod methods[] = {
	{"attached", "(Ljava/lang/String;I[I)I", native_attached},
	{"programName", "(I)Ljava/lang/String;", native_program_name},
};

jint native_register_cgroup(JNIEnv *env, jclass class)
{
	return (*env)->RegisterNatives(env, class, methods, sizeof(methods) / sizeof(methods[0]));
}
