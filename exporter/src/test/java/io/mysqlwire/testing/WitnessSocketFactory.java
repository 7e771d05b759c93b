package io.mysqlwire.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Witness sockets for MariaDB Connector/J: its option {@code socketFactory}. */
public class WitnessSocketFactory extends SocketFactory {
  private final WitnessSocket.Pace pace;

  /** The driver makes its factories itself, by name. */
  public WitnessSocketFactory() {
    this(WitnessSocket.Pace.FULL);
  }

  private WitnessSocketFactory(WitnessSocket.Pace pace) {
    this.pace = pace;
  }

  /** The same with clients that read slowly. */
  public static final class Slow extends WitnessSocketFactory {
    public Slow() {
      super(WitnessSocket.Pace.SLOW);
    }
  }

  @Override
  public Socket createSocket() throws IOException {
    return new WitnessSocket(pace);
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("the driver binds and connects by itself");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    return createSocket(host.getHostAddress(), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    return createSocket(host, port);
  }
}
