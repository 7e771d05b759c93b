package io.mysqlwire.bpf;

/**
 * Who talks to whom: the key of every counter.
 *
 * @param server local address and port of the connection, e.g. {@code 10.0.0.7:3306} or {@code
 *     [::1]:3306}; the name of its unix-domain socket; followed by {@code @} and its number in
 *     another network namespace; {@code other} past the sockets that there is room for
 * @param backend {@code unix}, or client address or network without port, IPv4-mapped addresses as
 *     IPv4, link-local ones with the interface's index; {@code other} past {@code --backend.max}
 * @param user account name of the login; empty when it was not seen or not answered, and of refused
 *     logins past {@link TapConfig#maxRefused}
 */
public record Backend(String server, String backend, String user) {}
