/** The metrics of the contract, made from one reading of the kernel's maps. */
@NullMarked
package io.mysqlwire.exporter.collector;

import org.jspecify.annotations.NullMarked;
