/**
 * {@code ./dev demo}: a real server, a load of good and failing statements from several backends,
 * the exporter as people run it, and what its page says as a live table.
 */
@NullMarked
package io.mysqlwire.demo;

import org.jspecify.annotations.NullMarked;
