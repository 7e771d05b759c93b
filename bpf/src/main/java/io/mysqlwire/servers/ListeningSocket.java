package io.mysqlwire.servers;

import java.net.InetAddress;

/**
 * Where a server takes TCP connections.
 *
 * @param address of any family; a wildcard for every address
 * @param port its number
 * @param namespace network namespace, as {@code lsns -t net} numbers it
 */
public record ListeningSocket(InetAddress address, int port, int namespace) {}
