/** Load balancers and failover that go by {@code /health}, beside those that go by other checks. */
@NullMarked
package io.mysqlwire.failover;

import org.jspecify.annotations.NullMarked;
