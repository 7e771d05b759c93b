/** Tests of the table of errors. */
@NullMarked
package io.mysqlwire.exporter.errors;

import org.jspecify.annotations.NullMarked;
