/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lets the Nth call fail that may fail for want of memory or of descriptors: calls of our own code
 * and of the libraries linked with it. The linker puts these in place of the real ones
 * (-Wl,--wrap=NAME for each name in FAULTS of the Makefile).
 */
#ifndef MYSQL_WIRE_FAULTS_H
#define MYSQL_WIRE_FAULTS_H

#include <stdbool.h>

/* From now on the call of this number fails, counted from 1; 0 lets none fail. */
void faults_begin(int call);

/* No call fails any more. Returns whether one has. */
bool faults_end(void);

/* The name of the call that failed last. */
const char *faults_last(void);

#endif
