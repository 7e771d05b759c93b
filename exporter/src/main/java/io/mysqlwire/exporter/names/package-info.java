/** Names of backends, from DNS or from a file: for people to read, never part of a key. */
@NullMarked
package io.mysqlwire.exporter.names;

import org.jspecify.annotations.NullMarked;
