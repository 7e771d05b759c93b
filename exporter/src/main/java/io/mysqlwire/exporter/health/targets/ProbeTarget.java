package io.mysqlwire.exporter.health.targets;

import io.mysqlwire.exporter.input.Secret;
import java.util.Optional;

/**
 * A server to probe, and the account for it.
 *
 * @param group of the file, e.g. {@code client.orders}
 * @param host name or address; empty for a unix-domain socket
 * @param port its number; 0 for a unix-domain socket
 * @param socket path of a unix-domain socket; empty for TCP
 * @param user account
 * @param password of the account
 * @param encryption whether and how it is encrypted
 * @param authorities file of the certificates that are trusted; empty for those of Java
 */
public record ProbeTarget(
    String group,
    String host,
    int port,
    String socket,
    String user,
    Secret password,
    Encryption encryption,
    Optional<String> authorities) {

  /** How a connection is encrypted, as {@code ssl-mode} of MySQL's clients names it. */
  public enum Encryption {
    DISABLED,
    /** By whatever certificate the server has. */
    REQUIRED,
    VERIFY_CA,
    VERIFY_IDENTITY
  }

  /** Where it is: {@code HOST:PORT} as the wire families write it, or the socket's path. */
  public String endpoint() {
    if (!socket.isEmpty()) {
      return socket;
    }
    return host.indexOf(':') < 0 ? host + ':' + port : '[' + host + "]:" + port;
  }
}
