package io.mysqlwire.exporter.health.probe;

import io.mysqlwire.exporter.health.targets.ProbeTarget;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The socket below a connection: what is closed when all above it hangs. A driver's own close may
 * wait for what is under way.
 */
final class RawSocket {
  private final ProbeTarget target;
  private final int connectMilliseconds;
  private @Nullable Closeable open;
  private boolean aborted;
  private volatile @Nullable IOException refusal;

  /**
   * For one connection.
   *
   * @param connectMilliseconds bound for TCP's part of it
   */
  RawSocket(ProbeTarget target, int connectMilliseconds) {
    this.target = target;
    this.connectMilliseconds = connectMilliseconds;
  }

  /** Connects; a second call is a mistake of the driver's. */
  Socket connect() throws IOException {
    try {
      return target.socket().isEmpty() ? connectTcp() : connectUnix();
    } catch (IOException e) {
      refusal = e;
      throw e;
    }
  }

  private Socket connectTcp() throws IOException {
    InetAddress address = InetAddress.getByName(target.host());
    Socket socket = new Socket();
    keep(socket);
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(address, target.port()), connectMilliseconds);
    return socket;
  }

  private Socket connectUnix() throws IOException {
    UnixSocket socket = new UnixSocket(target.socket());
    keep(socket);
    socket.connect();
    return socket;
  }

  private synchronized void keep(Closeable socket) throws IOException {
    if (aborted) {
      socket.close();
      throw new IOException("given up");
    }
    open = socket;
  }

  /** Why there is no connection; empty when it was not for the network to refuse it. */
  Optional<IOException> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** Whether it was closed from here. */
  synchronized boolean isAborted() {
    return aborted;
  }

  /** Closes it, from whatever thread. */
  synchronized void abort() {
    aborted = true;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // It is closed all the same.
      }
    }
  }
}
