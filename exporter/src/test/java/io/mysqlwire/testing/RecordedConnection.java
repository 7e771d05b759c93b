package io.mysqlwire.testing;

import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Everything that one client socket sent and received, in order. */
public final class RecordedConnection {
  private final String server;
  private final String backend;
  private final List<Chunk> chunks = new ArrayList<>();

  RecordedConnection(InetSocketAddress client, InetSocketAddress server) {
    this.backend = address(client);
    this.server =
        (server.getAddress() instanceof Inet6Address
                ? "[" + address(server) + "]"
                : address(server))
            + ":"
            + server.getPort();
  }

  /** The short form of the addresses used here; Java writes out every zero of {@code ::1}. */
  private static String address(InetSocketAddress socket) {
    return socket.getAddress() instanceof Inet6Address && socket.getAddress().isLoopbackAddress()
        ? "::1"
        : socket.getAddress().getHostAddress();
  }

  /** The server's address and port. */
  public String server() {
    return server;
  }

  /** The client's address. */
  public String backend() {
    return backend;
  }

  synchronized void add(boolean fromServer, byte[] bytes, int offset, int length) {
    chunks.add(new Chunk(fromServer, Arrays.copyOfRange(bytes, offset, offset + length)));
  }

  /** Both directions in the order in which the client saw them. */
  public synchronized List<Chunk> chunks() {
    return List.copyOf(chunks);
  }

  /** One direction as a whole. */
  synchronized byte[] stream(boolean fromServer) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (Chunk chunk : chunks) {
      if (chunk.fromServer() == fromServer) {
        whole.writeBytes(chunk.bytes());
      }
    }
    return whole.toByteArray();
  }
}
