package io.mysqlwire.exactness;

import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.MysqlWitnessSocketFactory;
import io.mysqlwire.testing.UnixWitnessSocketFactory;
import io.mysqlwire.testing.WitnessSocketFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * A backend: who connects, from where, with which driver.
 *
 * @param driver which driver
 * @param address local address; {@code unix}: connects to the server's unix-domain socket, with
 *     MariaDB's driver
 * @param user account name
 * @param options further driver options, e.g. {@code deprecateEof=false}
 * @param encryption of its connections
 */
record Client(Driver driver, String address, String user, String options, Encryption encryption) {
  static final String PASSWORD = "a password";

  /** In place of an address: the server's unix-domain socket. */
  static final String UNIX = "unix";

  /** A driver and what it calls things. */
  enum Driver {
    MARIADB(
        "mariadb",
        "allowPublicKeyRetrieval=true&allowLocalInfile=true",
        WitnessSocketFactory.class),
    MYSQL(
        "mysql",
        "allowPublicKeyRetrieval=true&allowLoadLocalInfile=true",
        MysqlWitnessSocketFactory.class);

    private final String scheme;
    private final String options;
    private final Class<?> sockets;

    Driver(String scheme, String options, Class<?> sockets) {
      this.scheme = scheme;
      this.options = options;
      this.sockets = sockets;
    }

    private String encryption(Encryption version) {
      boolean none = version == Encryption.NONE;
      return switch (this) {
        case MARIADB ->
            none
                ? "sslMode=disable"
                : "sslMode=trust&tlsSocketType=witness&enabledSslProtocolSuites="
                    + version.protocol();
        case MYSQL ->
            none ? "sslMode=DISABLED" : "sslMode=REQUIRED&tlsVersions=" + version.protocol();
      };
    }
  }

  /** In the clear. */
  Client(Driver driver, String address, String user, String options) {
    this(driver, address, user, options, Encryption.NONE);
  }

  /** The same with encrypted connections. */
  Client encrypted(Encryption version) {
    return new Client(driver, address, user, options, version);
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
    if (address.equals(UNIX)) {
      return connectToSocket(server.socket(), schema, account, password, pace);
    }
    String host = address.contains(":") ? "[::1]" : "127.0.0.1";
    String url = "jdbc:" + driver.scheme + "://" + host + ":" + server.port() + "/" + schema;
    Properties login = new Properties();
    login.setProperty("user", account);
    login.setProperty("password", password);
    login.setProperty("localSocketAddress", address);
    login.setProperty("socketFactory", driver.sockets.getName() + pace);
    return DriverManager.getConnection(
        String.join(
            "&",
            url + "?allowMultiQueries=true",
            driver.options,
            driver.encryption(encryption),
            options),
        login);
  }

  private Connection connectToSocket(
      Path socket, String schema, String account, String password, String pace)
      throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", account);
    login.setProperty("password", password);
    login.setProperty("socketFactory", UnixWitnessSocketFactory.class.getName() + pace);
    login.setProperty(UnixWitnessSocketFactory.PATH, socket.toString());
    return DriverManager.getConnection(
        "jdbc:mariadb://localhost:1/"
            + schema
            + "?allowMultiQueries=true&"
            + driver.options
            + "&"
            + options,
        login);
  }

  @Override
  public String toString() {
    return user + "@" + address + " " + driver + " " + options + " " + encryption;
  }
}
