package io.mysqlwire.exactness;

import com.mysql.cj.conf.PropertySet;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.MysqlWitnessSocketFactory;
import io.mysqlwire.testing.WitnessSocketFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.sql.Connection;
import java.sql.SQLException;

/** Witness sockets with hardly a receive window, for both drivers: their option socketFactory. */
final class NarrowSockets {
  /** The kernel doubles it for its own needs, and takes no less than 2304 after that. */
  private static final int RECEIVE_BUFFER = 2048;

  private NarrowSockets() {}

  /**
   * Connects as a client through such a socket. Options of the URL win over those that the client
   * sets besides it.
   */
  static Connection connect(Client client, EmbeddedServer server, String schema)
      throws SQLException {
    Class<?> sockets = client.driver() == Client.Driver.MARIADB ? ForMariadb.class : ForMysql.class;
    return new Client(
            client.driver(),
            client.address(),
            client.user(),
            client.options() + "&socketFactory=" + sockets.getName())
        .connect(server, schema);
  }

  private static Socket narrowed(Socket socket) throws SocketException {
    socket.setReceiveBufferSize(RECEIVE_BUFFER);
    return socket;
  }

  /** For MariaDB Connector/J, which makes its factories itself, by name. */
  public static final class ForMariadb extends WitnessSocketFactory {
    @Override
    public Socket createSocket() throws IOException {
      return narrowed(super.createSocket());
    }
  }

  /** The same for MySQL Connector/J. */
  public static final class ForMysql extends MysqlWitnessSocketFactory {
    @Override
    protected Socket createSocket(PropertySet properties) {
      try {
        return narrowed(super.createSocket(properties));
      } catch (SocketException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
