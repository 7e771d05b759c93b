/** Tests of the collector against a golden exposition. */
@NullMarked
package io.mysqlwire.exporter.collector;

import org.jspecify.annotations.NullMarked;
