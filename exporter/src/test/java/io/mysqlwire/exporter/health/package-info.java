/** Verdicts: the decision table, and real servers in every kind of trouble. */
@NullMarked
package io.mysqlwire.exporter.health;

import org.jspecify.annotations.NullMarked;
