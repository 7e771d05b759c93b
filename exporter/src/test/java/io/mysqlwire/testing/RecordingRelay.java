package io.mysqlwire.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A witness for clients that have no witness socket: they connect to it, and it to the server, from
 * an address of the test's choice. What it forwards, it records into the open {@link Recording}.
 */
public final class RecordingRelay implements AutoCloseable {
  /** A bound, not an expectation. */
  private static final long END_MILLISECONDS = TimeUnit.SECONDS.toMillis(30);

  private final EmbeddedServer server;
  private final String source;
  private final ServerSocket listener;
  private final List<Thread> pumps = new ArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();

  private RecordingRelay(EmbeddedServer server, String source, ServerSocket listener) {
    this.server = server;
    this.source = source;
    this.listener = listener;
  }

  /**
   * Listens on a loopback port of its own.
   *
   * @param source address that the server sees, of 127.0.0.0/8
   */
  public static RecordingRelay open(EmbeddedServer server, String source) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    RecordingRelay relay = new RecordingRelay(server, source, listener);
    start(relay::accept);
    return relay;
  }

  public int port() {
    return listener.getLocalPort();
  }

  private static Thread start(Runnable task) {
    Thread thread = new Thread(task, "recording-relay");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void accept() {
    try {
      while (true) {
        relay(listener.accept());
      }
    } catch (IOException e) {
      // Closed: nobody connects any more.
    }
  }

  private synchronized void relay(Socket client) throws IOException {
    Socket upstream = new Socket();
    sockets.add(client);
    sockets.add(upstream);
    upstream.bind(new InetSocketAddress(source, 0));
    upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    client.setTcpNoDelay(true);
    upstream.setTcpNoDelay(true);
    RecordedConnection connection =
        new RecordedConnection(
            (InetSocketAddress) upstream.getLocalSocketAddress(),
            (InetSocketAddress) upstream.getRemoteSocketAddress());
    Recording.add(connection);
    pumps.add(start(() -> pump(client, upstream, connection, false)));
    pumps.add(start(() -> pump(upstream, client, connection, true)));
  }

  /** Recorded before it is sent on: the answer may arrive before the call returns. */
  private static void pump(Socket from, Socket to, RecordedConnection connection, boolean answer) {
    byte[] buffer = new byte[1 << 16];
    boolean open = true;
    try {
      InputStream input = from.getInputStream();
      OutputStream output = to.getOutputStream();
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        connection.add(answer, buffer, 0, count);
        open = open && forward(output, buffer, count);
      }
    } catch (IOException e) {
      // Whoever was read from is gone.
    }
    try {
      to.shutdownOutput();
    } catch (IOException e) {
      // The other one is gone as well.
    }
  }

  /** A client that is gone does not keep the witness from reading what the server still says. */
  private static boolean forward(OutputStream output, byte[] buffer, int count) {
    try {
      output.write(buffer, 0, count);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits until both ends of every connection have said all they had to say. */
  public void awaitEnd() throws IOException, InterruptedException {
    List<Thread> running;
    synchronized (this) {
      running = List.copyOf(pumps);
    }
    for (Thread pump : running) {
      pump.join(END_MILLISECONDS);
      if (pump.isAlive()) {
        throw new IOException("a connection stayed open");
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
