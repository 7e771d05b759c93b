/**
 * The program: wiring of kernel tap, collector and web pages, and its life from start to signal.
 */
@NullMarked
package io.mysqlwire.exporter;

import org.jspecify.annotations.NullMarked;
