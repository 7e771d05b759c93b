/**
 * The kernel side of mysql-wire-exporter as plain Java: attach with {@link
 * io.mysqlwire.bpf.WireTap}, ask what the host allows with {@link io.mysqlwire.bpf.HostCheck}, read
 * counts as {@link io.mysqlwire.bpf.WireSnapshot}. Nothing outside this package knows of JNI,
 * libbpf or map layouts.
 */
@NullMarked
package io.mysqlwire.bpf;

import org.jspecify.annotations.NullMarked;
