package io.mysqlwire.demo;

import io.mysqlwire.testing.EmbeddedServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A backend with an address of its own: one connection, and the same statements in turn. */
final class SteadyClient implements AutoCloseable {
  private static final long PAUSE = 100_000_000;

  /** What a backend is: where it runs, its account, and what its release says. */
  record Release(String address, String user, String password, List<String> statements) {}

  private final EmbeddedServer server;
  private final Thread thread;
  private volatile Release release;
  private volatile boolean closed;

  private SteadyClient(EmbeddedServer server, Release release) {
    this.server = server;
    this.release = release;
    thread = new Thread(this::work, "client-" + release.address());
    thread.setDaemon(true);
  }

  static SteadyClient start(EmbeddedServer server, Release release) {
    SteadyClient client = new SteadyClient(server, release);
    client.thread.start();
    return client;
  }

  /** Connects anew, with other statements or another password. */
  void deploy(Release next) {
    release = next;
  }

  Release release() {
    return release;
  }

  static Connection connect(EmbeddedServer server, Release release) throws SQLException {
    String url = server.jdbcUrl("shop", "localSocketAddress=" + release.address());
    return DriverManager.getConnection(url, release.user(), release.password());
  }

  private void work() {
    while (!closed) {
      Release now = release;
      try (Connection connection = connect(server, now);
          Statement statement = connection.createStatement()) {
        while (!closed && now.equals(release) && connection.isValid(60)) {
          now.statements().forEach(sql -> execute(statement, sql));
        }
      } catch (SQLException e) {
        LockSupport.parkNanos(PAUSE);
      }
    }
  }

  private static void execute(Statement statement, String sql) {
    try {
      statement.execute(sql);
    } catch (SQLException e) {
      // That is the fault that others are to tell of.
    }
    LockSupport.parkNanos(PAUSE);
  }

  @Override
  public void close() {
    closed = true;
  }
}
