/** Files that name servers to probe. */
@NullMarked
package io.mysqlwire.exporter.health.targets;

import org.jspecify.annotations.NullMarked;
