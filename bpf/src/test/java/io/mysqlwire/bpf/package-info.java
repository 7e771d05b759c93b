/**
 * Tests of what needs no privilege; the kernel programs are tested by the exporter's exactness
 * tests.
 */
@NullMarked
package io.mysqlwire.bpf;

import org.jspecify.annotations.NullMarked;
