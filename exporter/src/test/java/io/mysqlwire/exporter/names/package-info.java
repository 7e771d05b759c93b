/**
 * Tests of the names of backends: real files, the host's real resolver, and resolvers that hang.
 */
@NullMarked
package io.mysqlwire.exporter.names;

import org.jspecify.annotations.NullMarked;
