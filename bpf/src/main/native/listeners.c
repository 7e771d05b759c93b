/* SPDX-License-Identifier: Apache-2.0 */
#include "listeners.h"

#include <errno.h>
#include <sys/mman.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

/* Programs write to their neighbours meanwhile, so a single byte is stored and no element. */
static int watch_port(struct tap *tap, uint16_t port)
{
	uint8_t *ports = mmap(NULL, PORTS, PROT_READ | PROT_WRITE, MAP_SHARED,
			      bpf_map__fd(tap->skeleton->maps.listening_ports), 0);

	if (ports == MAP_FAILED)
		return -errno;
	ports[port] = 1;
	munmap(ports, PORTS);
	return 0;
}

int listeners_add(struct tap *tap, const struct listener_key *key, uint32_t process)
{
	struct listener listener = {.process = process};

	if (bpf_map_update_elem(bpf_map__fd(tap->skeleton->maps.listeners), key, &listener,
				BPF_NOEXIST) &&
	    errno != EEXIST)
		return -errno;
	return watch_port(tap, key->port);
}

int listeners_remove(struct tap *tap, const struct listener_key *key)
{
	int listeners = bpf_map__fd(tap->skeleton->maps.listeners);
	struct listener listener;

	if (bpf_map_lookup_elem(listeners, key, &listener))
		return errno == ENOENT ? 0 : -errno;
	if (listener.socket)
		return 0;
	return bpf_map_delete_elem(listeners, key) && errno != ENOENT ? -errno : 0;
}
