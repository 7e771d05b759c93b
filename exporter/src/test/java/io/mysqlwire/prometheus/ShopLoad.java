package io.mysqlwire.prometheus;

import io.mysqlwire.testing.EmbeddedServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Two backends at work until closed: one whose statements all succeed, and one that reads a missing
 * table in every other statement and also tries a wrong password.
 */
final class ShopLoad implements AutoCloseable {
  static final String HEALTHY = "127.0.0.2";
  static final String BROKEN = "127.0.0.3";
  static final String USER = "shop";
  private static final String PASSWORD = "a password";
  private static final int PAUSE_MILLISECONDS = 50;
  private static final int STOP_SECONDS = 60;
  private static final int ACCESS_DENIED = 1045;
  private static final int NO_SUCH_TABLE = 1146;

  private final EmbeddedServer server;
  private final ExecutorService backends = Executors.newFixedThreadPool(2);
  private volatile boolean closing;
  private volatile String failure = "";

  private ShopLoad(EmbeddedServer server) {
    this.server = server;
  }

  static ShopLoad start(EmbeddedServer server) throws SQLException {
    ShopLoad load = new ShopLoad(server);
    load.createSchema();
    load.backends.execute(() -> load.work(HEALTHY, false));
    load.backends.execute(() -> load.work(BROKEN, true));
    return load;
  }

  private void createSchema() throws SQLException {
    try (Connection root = connect("127.0.0.1", "", "root", "");
        Statement statement = root.createStatement()) {
      statement.execute("CREATE DATABASE shop");
      statement.execute("CREATE TABLE shop.item (id INT AUTO_INCREMENT PRIMARY KEY, name TEXT)");
      for (String host : EmbeddedServer.LOOPBACK_HOSTS) {
        String account = USER + "@'" + host + "'";
        statement.execute("CREATE USER " + account + " IDENTIFIED BY '" + PASSWORD + "'");
        statement.execute("GRANT ALL ON shop.* TO " + account);
      }
    }
  }

  private void work(String address, boolean broken) {
    try (Connection connection = connect(address, "shop", USER, PASSWORD)) {
      while (!closing) {
        serve(connection);
        if (broken) {
          shouldFail(NO_SUCH_TABLE, () -> execute(connection, "SELECT * FROM missing"));
          shouldFail(ACCESS_DENIED, () -> connect(address, "shop", USER, "wrong").close());
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLISECONDS);
      }
    } catch (SQLException | InterruptedException e) {
      failure = address + ": " + e;
    }
  }

  private static void serve(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO item (name) VALUES (?)")) {
      insert.setString(1, "a name");
      insert.execute();
    }
    execute(connection, "SELECT * FROM item ORDER BY id DESC LIMIT 7");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void shouldFail(int code, Attempt attempt) throws SQLException {
    try {
      attempt.run();
    } catch (SQLException e) {
      if (e.getErrorCode() == code) {
        return;
      }
      throw e;
    }
    throw new SQLException("succeeded, but should have failed with " + code);
  }

  /** A statement or a login that can fail. */
  @FunctionalInterface
  private interface Attempt {
    void run() throws SQLException;
  }

  private Connection connect(String address, String schema, String user, String password)
      throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    return DriverManager.getConnection(
        server.jdbcUrl(schema, "useServerPrepStmts=true&localSocketAddress=" + address), login);
  }

  /** What ended a backend too early; empty while both work. */
  String failure() {
    return failure;
  }

  @Override
  public void close() {
    closing = true;
    backends.shutdown();
    boolean ended = false;
    try {
      ended = backends.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      backends.shutdownNow();
      throw new IllegalStateException("backends did not end in " + STOP_SECONDS + " s");
    }
  }
}
