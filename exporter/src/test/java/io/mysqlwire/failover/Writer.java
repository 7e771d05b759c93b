package io.mysqlwire.failover;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A client that writes again and again, over a new connection each time, and notes who did it. */
final class Writer implements AutoCloseable {
  static final String ACCOUNT = "app";

  private static final long PAUSE = 50_000_000;

  private final String url;
  private final Thread thread;
  private volatile Served served = new Served(0, System.nanoTime());
  private final AtomicLong failures = new AtomicLong();
  private volatile boolean closed;

  /**
   * Who writes for it.
   *
   * @param server its id
   * @param since when it first did, by {@link System#nanoTime}
   */
  record Served(int server, long since) {}

  private Writer(String url, String name) {
    this.url = url;
    thread = new Thread(this::write, "writer by " + name);
    thread.setDaemon(true);
  }

  /** By an address that may lead to one server or another; it waits a second for an answer. */
  static Writer start(Way way, String address) {
    Writer writer =
        new Writer(
            "jdbc:mariadb://"
                + address
                + "/shop?sslMode=disable&connectTimeout=1000&socketTimeout=1000&user="
                + ACCOUNT,
            way.label());
    writer.thread.start();
    return writer;
  }

  private void write() {
    while (!closed) {
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.executeUpdate("INSERT INTO purchase VALUES ()");
        try (ResultSet row = statement.executeQuery("SELECT @@server_id")) {
          row.next();
          note(row.getInt(1));
        }
      } catch (SQLException e) {
        failures.incrementAndGet();
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  private void note(int server) {
    if (served.server() != server) {
      served = new Served(server, System.nanoTime());
    }
  }

  Served served() {
    return served;
  }

  /** How often it could not. */
  long failures() {
    return failures.get();
  }

  @Override
  public void close() {
    closed = true;
  }
}
