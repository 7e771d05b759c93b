/** What the Java API over the kernel reads, for tests that make it up to the byte. */
@NullMarked
package io.mysqlwire.bpf;

import org.jspecify.annotations.NullMarked;
