/** Benchmarks side by side: what the exporter costs, and what others cost on the same server. */
@NullMarked
package io.mysqlwire.bench;

import org.jspecify.annotations.NullMarked;
