/** The servers of this host while they come and go, and whether what they send can be read. */
@NullMarked
package io.mysqlwire.exporter.servers;

import org.jspecify.annotations.NullMarked;
