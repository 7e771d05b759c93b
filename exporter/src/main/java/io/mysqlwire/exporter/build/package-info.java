/** Which build of the program this is. */
@NullMarked
package io.mysqlwire.exporter.build;

import org.jspecify.annotations.NullMarked;
