package io.mysqlwire.health;

import io.mysqlwire.testing.EmbeddedServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Clients that read a table again and again, as root, and come back when they are thrown out. */
final class Shoppers implements AutoCloseable {
  private static final long PAUSE = 20_000_000;

  private final EmbeddedServer server;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  private Shoppers(EmbeddedServer server) {
    this.server = server;
  }

  static Shoppers start(EmbeddedServer server, int count) throws SQLException {
    ProbeAccount.asRoot(server, "CREATE DATABASE IF NOT EXISTS shop");
    ProbeAccount.asRoot(
        server, "CREATE TABLE IF NOT EXISTS shop.item (id INT PRIMARY KEY) ENGINE=InnoDB");
    ProbeAccount.asRoot(server, "INSERT IGNORE INTO shop.item VALUES (1), (2)");
    return withoutTable(server, count);
  }

  /** On a table that is there, or will be. */
  static Shoppers withoutTable(EmbeddedServer server, int count) {
    Shoppers shoppers = new Shoppers(server);
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(shoppers::shop, "shopper-" + i);
      thread.setDaemon(true);
      shoppers.threads.add(thread);
      thread.start();
    }
    return shoppers;
  }

  private void shop() {
    while (!closed) {
      try (Connection connection = ProbeAccount.root(server);
          Statement statement = connection.createStatement()) {
        while (!closed) {
          read(statement);
        }
      } catch (SQLException e) {
        LockSupport.parkNanos(PAUSE);
      }
    }
  }

  private void read(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT * FROM shop.item")) {
      while (rows.next()) {
        // To the end.
      }
    }
    LockSupport.parkNanos(PAUSE);
  }

  @Override
  public void close() {
    closed = true;
  }
}
