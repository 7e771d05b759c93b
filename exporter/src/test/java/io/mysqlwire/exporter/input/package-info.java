/** Tests of what people give the program to read. */
@NullMarked
package io.mysqlwire.exporter.input;

import org.jspecify.annotations.NullMarked;
