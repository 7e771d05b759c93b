/** Tests of what can be seen of servers. */
@NullMarked
package io.mysqlwire.servers;

import org.jspecify.annotations.NullMarked;
