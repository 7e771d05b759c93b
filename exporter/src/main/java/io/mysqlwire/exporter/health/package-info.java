/** Whether each server is healthy, and why not: evidence, one verdict, and its history. */
@NullMarked
package io.mysqlwire.exporter.health;

import org.jspecify.annotations.NullMarked;
