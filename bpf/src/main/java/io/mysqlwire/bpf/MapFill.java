package io.mysqlwire.bpf;

/**
 * How full a kernel map is.
 *
 * @param map its name
 * @param entries entries in use
 * @param maxEntries entries it has room for
 */
public record MapFill(String map, long entries, long maxEntries) {}
