/** What is made of counters. */
@NullMarked
package io.mysqlwire.exporter.health.traffic;

import org.jspecify.annotations.NullMarked;
