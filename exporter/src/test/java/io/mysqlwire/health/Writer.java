package io.mysqlwire.health;

import io.mysqlwire.testing.EmbeddedServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A client that writes a row again and again, as root, each time outside of a transaction. */
final class Writer implements AutoCloseable {
  private static final long PAUSE = 50_000_000;

  private final EmbeddedServer server;
  private final AtomicLong written = new AtomicLong();
  private final Thread thread = new Thread(this::write, "writer");
  private volatile boolean closed;

  private Writer(EmbeddedServer server) {
    this.server = server;
  }

  static Writer start(EmbeddedServer server) throws SQLException {
    ProbeAccount.asRoot(server, "CREATE DATABASE orders");
    ProbeAccount.asRoot(server, "CREATE TABLE orders.line (id INT AUTO_INCREMENT PRIMARY KEY)");
    Writer writer = new Writer(server);
    writer.thread.setDaemon(true);
    writer.thread.start();
    return writer;
  }

  private void write() {
    try (Connection connection = ProbeAccount.root(server);
        Statement statement = connection.createStatement()) {
      while (!closed) {
        written.addAndGet(statement.executeUpdate("INSERT INTO orders.line VALUES ()"));
        LockSupport.parkNanos(PAUSE);
      }
    } catch (SQLException e) {
      // The server is gone.
    }
  }

  /** Rows that the server has acknowledged so far. */
  long written() {
    return written.get();
  }

  /** Ends, and returns the number of rows. */
  long end() throws InterruptedException {
    close();
    thread.join();
    return written();
  }

  @Override
  public void close() {
    closed = true;
  }
}
