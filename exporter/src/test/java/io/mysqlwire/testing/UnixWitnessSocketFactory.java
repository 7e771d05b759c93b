package io.mysqlwire.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

/**
 * Witness sockets to a server's unix-domain socket for MariaDB Connector/J, which is told its path
 * by the option {@link #PATH}.
 */
public class UnixWitnessSocketFactory extends ConfigurableSocketFactory {
  /** Name of the driver's option. */
  public static final String PATH = "witnessedSocket";

  private final WitnessSocket.Pace pace;
  private @Nullable Path path;

  /** The driver makes its factories itself, by name. */
  public UnixWitnessSocketFactory() {
    this(WitnessSocket.Pace.FULL);
  }

  private UnixWitnessSocketFactory(WitnessSocket.Pace pace) {
    this.pace = pace;
  }

  /** The same with clients that read slowly. */
  public static final class Slow extends UnixWitnessSocketFactory {
    public Slow() {
      super(WitnessSocket.Pace.SLOW);
    }
  }

  @Override
  public void setConfiguration(Configuration configuration, String host) {
    path = Path.of(configuration.nonMappedOptions().getProperty(PATH));
  }

  @Override
  public Socket createSocket() {
    try {
      return new UnixWitnessSocket(Objects.requireNonNull(path), pace);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("the driver connects by itself");
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
