/** The entry point; nothing below knows it. */
@NullMarked
package io.mysqlwire.exporter;

import org.jspecify.annotations.NullMarked;
