/** Tests of what belongs to no part of the exporter alone. */
@NullMarked
package io.mysqlwire.exporter;

import org.jspecify.annotations.NullMarked;
