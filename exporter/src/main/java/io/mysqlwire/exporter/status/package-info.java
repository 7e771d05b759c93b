/** How things stand now, for people: rates, quantiles and warnings out of two readings. */
@NullMarked
package io.mysqlwire.exporter.status;

import org.jspecify.annotations.NullMarked;
