package io.mysqlwire.testing;

import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Everything that one client socket sent and received, in order; in the clear, unless recorded
 * below TLS.
 */
public final class RecordedConnection {
  private final String server;
  private final String backend;
  private final List<Chunk> chunks = new ArrayList<>();
  private long wireBytes;
  private boolean decrypted;
  private boolean cut;

  RecordedConnection(InetSocketAddress client, InetSocketAddress server) {
    this(
        address(client),
        (server.getAddress() instanceof Inet6Address
                ? "[" + address(server) + "]"
                : address(server))
            + ":"
            + server.getPort());
  }

  RecordedConnection(String backend, String server) {
    this.backend = backend;
    this.server = server;
  }

  /** The short form of the addresses used here; Java writes out every zero of {@code ::1}. */
  private static String address(InetSocketAddress socket) {
    return socket.getAddress() instanceof Inet6Address && socket.getAddress().isLoopbackAddress()
        ? "::1"
        : socket.getAddress().getHostAddress();
  }

  /** The server's address and port, or its unix-domain socket. */
  public String server() {
    return server;
  }

  /** The client's address, or {@code unix}. */
  public String backend() {
    return backend;
  }

  /** What follows comes from above TLS. */
  synchronized void decrypt() {
    decrypted = true;
  }

  /** Whether what follows a request for TLS is in the clear here. */
  synchronized boolean isDecrypted() {
    return decrypted;
  }

  /** The server may end it in the middle of a packet. */
  public synchronized void mayBeCut() {
    cut = true;
  }

  synchronized boolean isCut() {
    return cut;
  }

  /** Bytes of the server as they came, encrypted or not. */
  synchronized void addWire(int bytes) {
    wireBytes += bytes;
  }

  /** All that the server's TCP delivered; where TLS was used more than what was said. */
  public synchronized long wireBytes() {
    return wireBytes;
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
