/** The servers to probe, as a my.cnf file names them. */
@NullMarked
package io.mysqlwire.exporter.health.targets;

import org.jspecify.annotations.NullMarked;
