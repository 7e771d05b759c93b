/** Pages made once for all who ask at the same time, and sent without a thread that waits. */
@NullMarked
package io.mysqlwire.exporter.web.delivery;

import org.jspecify.annotations.NullMarked;
