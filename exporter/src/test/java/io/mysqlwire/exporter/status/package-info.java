@NullMarked
package io.mysqlwire.exporter.status;

import org.jspecify.annotations.NullMarked;
