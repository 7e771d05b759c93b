/**
 * Time and load, put to the test: what the kernel says of latency, of commands in flight and of
 * open connections is compared with the clients' own clock and with what the servers do, while
 * these hang, are killed, or have clients that leave in every ugly way.
 */
@NullMarked
package io.mysqlwire.load;

import org.jspecify.annotations.NullMarked;
