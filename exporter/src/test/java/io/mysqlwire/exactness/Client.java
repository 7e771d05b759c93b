package io.mysqlwire.exactness;

import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.MysqlWitnessSocketFactory;
import io.mysqlwire.testing.WitnessSocketFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * A backend: who connects, from where, with which driver.
 *
 * @param driver which driver
 * @param address local address
 * @param user account name
 * @param options further driver options, e.g. {@code deprecateEof=false}
 */
record Client(Driver driver, String address, String user, String options) {
  static final String PASSWORD = "a password";

  /** A driver and what it calls things. */
  enum Driver {
    MARIADB(
        "mariadb",
        "sslMode=disable&allowPublicKeyRetrieval=true&allowLocalInfile=true",
        WitnessSocketFactory.class),
    MYSQL(
        "mysql",
        "sslMode=DISABLED&allowPublicKeyRetrieval=true&allowLoadLocalInfile=true",
        MysqlWitnessSocketFactory.class);

    private final String scheme;
    private final String options;
    private final Class<?> sockets;

    Driver(String scheme, String options, Class<?> sockets) {
      this.scheme = scheme;
      this.options = options;
      this.sockets = sockets;
    }
  }

  /** Connects as itself. */
  Connection connect(EmbeddedServer server, String schema) throws SQLException {
    return connect(server, schema, user, user.equals("root") ? "" : PASSWORD, "");
  }

  /** Connects and reads so slowly that the server has to wait. */
  Connection connectSlowly(EmbeddedServer server, String schema) throws SQLException {
    return connect(server, schema, user, PASSWORD, "$Slow");
  }

  /** Connects as somebody else, with whatever password. */
  Connection connect(EmbeddedServer server, String schema, String account, String password)
      throws SQLException {
    return connect(server, schema, account, password, "");
  }

  private Connection connect(
      EmbeddedServer server, String schema, String account, String password, String pace)
      throws SQLException {
    String host = address.contains(":") ? "[::1]" : "127.0.0.1";
    String url = "jdbc:" + driver.scheme + "://" + host + ":" + server.port() + "/" + schema;
    Properties login = new Properties();
    login.setProperty("user", account);
    login.setProperty("password", password);
    login.setProperty("localSocketAddress", address);
    login.setProperty("socketFactory", driver.sockets.getName() + pace);
    return DriverManager.getConnection(
        url + "?allowMultiQueries=true&" + driver.options + "&" + options, login);
  }

  @Override
  public String toString() {
    return user + "@" + address + " " + driver + " " + options;
  }
}
