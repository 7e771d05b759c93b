package io.mysqlwire.exporter.health.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

/**
 * Gives the driver the socket that its thread has made ready. The driver makes its factories
 * itself, by name, so the thread is all that tells one connection from another.
 */
public final class ProbeSocketFactory extends ConfigurableSocketFactory {
  private static final ThreadLocal<RawSocket> NEXT = new ThreadLocal<>();

  /** For the driver. */
  public ProbeSocketFactory() {}

  /** The socket of this thread's next connection. */
  static void give(RawSocket socket) {
    NEXT.set(socket);
  }

  @Override
  public void setConfiguration(Configuration configuration, String host) {}

  @Override
  public Socket createSocket() throws IOException {
    return NEXT.get().connect();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket();
  }
}
