package io.mysqlwire.failover;

import io.mysqlwire.health.ProbeAccount;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A client that keeps every connection it gets, until a server has none left for anybody. */
final class Hoarder implements AutoCloseable {
  private static final int CONNECTIONS = 30;
  private static final int USUAL = 151;
  private static final int TOO_MANY = 1040;
  private static final long PAUSE = 5_000_000;

  private final EmbeddedServer server;
  private final List<Connection> connections = new ArrayList<>();
  private final Thread thread = new Thread(this::hoard, "hoarder");
  private volatile boolean isFull;
  private volatile boolean closed;

  private Hoarder(EmbeddedServer server) {
    this.server = server;
  }

  /** Returns once the server has refused it. */
  static Hoarder start(EmbeddedServer server) throws Exception {
    ProbeAccount.asRoot(server, "SET GLOBAL max_connections = " + CONNECTIONS);
    Hoarder hoarder = new Hoarder(server);
    hoarder.thread.start();
    Await.until("all connections are taken", () -> hoarder.isFull);
    return hoarder;
  }

  private void hoard() {
    while (!closed) {
      try {
        connections.add(DriverManager.getConnection(server.jdbcUrl("", "user=" + Writer.ACCOUNT)));
      } catch (SQLException e) {
        isFull |= e.getErrorCode() == TOO_MANY;
        LockSupport.parkNanos(PAUSE);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Connection connection : connections) {
      connection.close();
    }
    ProbeAccount.asRoot(server, "SET GLOBAL max_connections = " + USUAL);
  }
}
