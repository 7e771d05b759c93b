/* SPDX-License-Identifier: Apache-2.0 */
/*
 * moved_memory PORT PINGS - a server of the protocol and its client, in one process: a login, then
 * so many COM_PINGs, each answered from a buffer in memory that the kernel gathers into a huge page
 * all the while (MADV_COLLAPSE, Linux 6.1 on). For that time the page is in no page table, and a
 * kernel program can't read what mysqld has just sent from it. For MovedMemoryIT.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif
#define HUGE_PAGE (2ul << 20)
#define PAGE      4096ul
#define REPLY     11 /* bytes of an OK with its header */

/* Header, protocol 10, version, thread, 8 bytes of scramble, 0, capabilities, character set,
 * status, capabilities, length of the scramble, 10 zeroes, the rest of it, the plugin's name. */
static const char greeting[] = "\x4a\0\0\0\x0a"
			       "5.7.22\0\1\0\0\0scramble\0\xff\xf7\x08\2\0\xff\x81\x15"
			       "\0\0\0\0\0\0\0\0\0\0scramble....\0mysql_native_password";
/* Header, capabilities, longest packet, character set, 23 zeroes, the name, no password. */
static const char login[] = "\x26\0\0\1\x05\xa2\0\0\0\0\0\1\x08"
			    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0root\0";
static const char ping[] = {1, 0, 0, 0, 0x0e};

static struct sockaddr_in address;
static unsigned pings;
static char *buffer;
static volatile bool over;

static void receive(int socket, size_t bytes)
{
	char ignored[128];

	while (bytes) {
		ssize_t got = recv(socket, ignored, bytes, 0);

		if (got <= 0)
			err(1, "recv");
		bytes -= got;
	}
}

static void answer(int socket, const void *bytes, size_t length)
{
	memcpy(buffer, bytes, length);
	if (send(socket, buffer, length, 0) != (ssize_t)length)
		err(1, "send");
}

static void *client(void *unused)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	(void)unused;
	if (connect(fd, (void *)&address, sizeof(address)))
		err(1, "connect");
	receive(fd, sizeof(greeting));
	if (send(fd, login, sizeof(login), 0) < 0)
		err(1, "send");
	receive(fd, REPLY);
	for (unsigned i = 0; i < pings; i++) {
		if (send(fd, ping, sizeof(ping), 0) < 0)
			err(1, "send");
		receive(fd, REPLY);
	}
	close(fd);
	return NULL;
}

/* Small pages become a huge one; then a part of it is given back, which makes them small again. */
static void *mover(void *region)
{
	char *page = region;

	while (!over) {
		for (size_t at = 0; at < HUGE_PAGE; at += PAGE)
			page[at]++;
		madvise(page, HUGE_PAGE, MADV_COLLAPSE);
		madvise(page + HUGE_PAGE / 2, PAGE, MADV_DONTNEED);
	}
	return NULL;
}

int main(int argc, char **argv)
{
	char ok[REPLY] = {7, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0};
	int listener = socket(AF_INET, SOCK_STREAM, 0), fd;
	pthread_t asking, moving;
	char *region;

	if (argc != 3)
		errx(2, "usage: moved_memory PORT PINGS");
	pings = atoi(argv[2]);
	region = aligned_alloc(HUGE_PAGE, HUGE_PAGE);
	if (!region)
		err(1, "aligned_alloc");
	buffer = region + PAGE + 1;
	address.sin_family = AF_INET;
	address.sin_port = htons(atoi(argv[1]));
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(listener, (void *)&address, sizeof(address)) || listen(listener, 1))
		err(1, "listen");
	pthread_create(&asking, NULL, client, NULL);
	fd = accept(listener, NULL, NULL);
	answer(fd, greeting, sizeof(greeting));
	receive(fd, sizeof(login));
	answer(fd, ok, sizeof(ok));
	ok[3] = 1;
	pthread_create(&moving, NULL, mover, region);
	for (unsigned i = 0; i < pings; i++) {
		receive(fd, sizeof(ping));
		answer(fd, ok, sizeof(ok));
	}
	over = true;
	pthread_join(moving, NULL);
	pthread_join(asking, NULL);
	close(fd);
	return 0;
}
