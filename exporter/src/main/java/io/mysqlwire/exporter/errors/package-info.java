/** Names, SQL states and classes of the error codes of MySQL and MariaDB. */
@NullMarked
package io.mysqlwire.exporter.errors;

import org.jspecify.annotations.NullMarked;
