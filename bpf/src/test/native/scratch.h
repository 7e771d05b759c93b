/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A cgroup and a BPF file system of a test's own. The file systems are mounted where nobody else
 * sees them, and the cgroup is removed however the test ends. Needs root.
 */
#ifndef MYSQL_WIRE_SCRATCH_H
#define MYSQL_WIRE_SCRATCH_H

struct scratch {
	char directory[64]; /* everything below it */
	char cgroup[128];
	char pins[128];
	char maps[160], programs[160], links[160]; /* below pins */
	char next_programs[160], next_links[160];  /* of those that take their place */
	int cgroup_fd;
};

/* Returns in a child process, whose exit status will be this one's. */
void scratch_make(struct scratch *scratch);

#endif
