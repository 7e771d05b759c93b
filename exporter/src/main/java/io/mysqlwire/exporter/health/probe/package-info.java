/** Asking a server whether it works: each probe with a connection, a thread and a deadline. */
@NullMarked
package io.mysqlwire.exporter.health.probe;

import org.jspecify.annotations.NullMarked;
