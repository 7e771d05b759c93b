/** Tests of the log lines. */
@NullMarked
package io.mysqlwire.exporter.logging;

import org.jspecify.annotations.NullMarked;
