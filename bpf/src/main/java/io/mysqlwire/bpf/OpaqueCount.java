package io.mysqlwire.bpf;

/**
 * What of one server can't be read, for one reason.
 *
 * @param server local address and port
 * @param reason why
 * @param connections open connections in that state now
 * @param unclassified responses seen and not classified, since the programs were loaded
 */
public record OpaqueCount(
    String server, OpaqueReason reason, long connections, long unclassified) {}
