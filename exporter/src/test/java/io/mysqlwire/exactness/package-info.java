/**
 * The promise of the project, put to the test: counts of the kernel equal what clients received,
 * difference 0. A workload of primes runs against real servers through real drivers; what their
 * sockets recorded is decoded as a whole and compared with the kernel, with what the drivers
 * reported, and with the server's own statistics.
 */
@NullMarked
package io.mysqlwire.exactness;

import org.jspecify.annotations.NullMarked;
