/**
 * The database servers that run on this host, as /proc and they themselves show them. Knows no BPF.
 */
@NullMarked
package io.mysqlwire.servers;

import org.jspecify.annotations.NullMarked;
