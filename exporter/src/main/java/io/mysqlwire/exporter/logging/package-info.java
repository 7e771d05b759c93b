/** The log: SLF4J lines to standard error, as logfmt or JSON. */
@NullMarked
package io.mysqlwire.exporter.logging;

import org.jspecify.annotations.NullMarked;
