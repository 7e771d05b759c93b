package io.mysqlwire.bpf;

import io.mysqlwire.servers.ListeningSocket;
import io.mysqlwire.servers.OwnNamespace;
import java.nio.ByteBuffer;

/**
 * Text of a server's end of a connection: {@code 10.0.0.7:3306}, {@code [::1]:3306}, {@code
 * [fe80::1%2]:3306}, or the name of a unix-domain socket. Behind one in another network namespace
 * than this process's stands {@code @} and the namespace's number, as {@code lsns -t net} shows it:
 * its addresses may exist here too.
 */
public final class ServerLabel {
  private ServerLabel() {}

  /** The text for fields of a key, by their offsets; addresses are IPv6, or IPv4 mapped. */
  static String of(ByteBuffer key, int address, int port, int zone, int namespace) {
    String endpoint =
        Address.endpoint(
            Address.text(key, address, key.getInt(zone)), Short.toUnsignedInt(key.getShort(port)));
    return of(endpoint, key.getInt(namespace));
  }

  /** The text for an endpoint in the namespace of this number; 0 when that is not known. */
  static String of(String endpoint, int namespace) {
    return endpoint + in(namespace);
  }

  /** The text for connections to where a server listens. */
  public static String of(ListeningSocket socket) {
    return Address.endpoint(Address.text(socket.address()), socket.port()) + in(socket.namespace());
  }

  /**
   * Whether a text is that of a connection that may have come through this socket. IPv4 clients of
   * one that listens on every address of IPv6 may be among them.
   */
  public static boolean isThrough(ListeningSocket socket, String server) {
    if (!socket.address().isAnyLocalAddress()) {
      return server.equals(of(socket));
    }
    boolean ipv4Only = socket.address().getAddress().length == 4;
    return server.endsWith(":" + socket.port() + in(socket.namespace()))
        && !(ipv4Only && server.startsWith("["));
  }

  private static String in(int namespace) {
    return namespace == 0 || namespace == OwnNamespace.NET
        ? ""
        : '@' + Integer.toUnsignedString(namespace);
  }
}
