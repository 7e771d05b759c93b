package io.mysqlwire.exactness;

import static io.mysqlwire.exactness.Observations.MARK;

import com.mysql.cj.jdbc.ConnectionImpl;
import com.mysql.cj.protocol.a.NativeConstants.IntegerDataType;
import com.mysql.cj.protocol.a.NativePacketPayload;
import io.mysqlwire.testing.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What one client does, alone: every kind of statement a prime number of times, and more. */
final class Workload {
  private static final int COM_STATISTICS = 0x09;
  private static final int COM_SET_OPTION = 0x1b;

  private final EmbeddedServer server;
  private final Client client;
  private final Observations observed;
  private final Primes primes;
  private final String table;
  private final boolean megabytes;

  /**
   * @param number tells clients apart
   * @param scale how many of each kind, at least
   * @param megabytes whether it also moves some, in long packets and slowly
   */
  Workload(
      EmbeddedServer server,
      Client client,
      Observations observed,
      int number,
      int scale,
      boolean megabytes) {
    this.server = server;
    this.client = client;
    this.observed = observed;
    this.primes = new Primes(scale + 2 * number);
    this.table = "own" + number;
    this.megabytes = megabytes;
  }

  /** As a task of a thread pool. */
  @Nullable Void run() throws SQLException, IOException {
    try (Connection connection = client.connect(server, "shop")) {
      observed.run(
          connection,
          "CREATE TABLE " + table + " (id INT AUTO_INCREMENT PRIMARY KEY, name TEXT) " + MARK);
      for (StatementKind kind : StatementKind.ALL) {
        repeat(connection, kind.sqlFor(table));
      }
      if (readsCutResultSet()) {
        observed.run(connection, "CALL ends_early()");
      }
      localFiles(connection);
      commands(connection);
      observed.run(connection, "SELECT LENGTH('" + "x".repeat(200_003) + "') " + MARK);
      if (megabytes) {
        longPackets(connection);
      }
      // The server's buffer has grown: now a result comes in one long send.
      observed.run(connection, "SELECT * FROM page " + MARK);
    }
    if (megabytes) {
      slowly();
    }
    refusals();
    return null;
  }

  /**
   * A result set whose error a handler caught ends in MySQL in an EOF of the old style, also where
   * the new one was agreed on; both drivers take that for a row.
   */
  private boolean readsCutResultSet() {
    return server.kind().isMariaDb() || client.options().contains("deprecateEof=false");
  }

  private void repeat(Connection connection, String sql) throws SQLException {
    for (int i = primes.next(); i > 0; i--) {
      observed.run(connection, sql);
    }
  }

  private void localFiles(Connection connection) throws SQLException, IOException {
    Path file = Files.createTempFile("mysqlwire", ".txt");
    try {
      String load = "LOAD DATA LOCAL INFILE '" + file + "' INTO TABLE ";
      observed.run(connection, load + "file " + MARK); // empty: only the packet that ends it
      Files.writeString(file, "a line of a file\n".repeat(11));
      observed.run(connection, load + "file " + MARK);
      observed.run(connection, load + "checked_file " + MARK);
      observed.run(connection, load + "missing " + MARK);
      Files.writeString(file, "a line of a long file\n".repeat(4_001));
      observed.run(connection, load + "file " + MARK);
    } finally {
      Files.delete(file);
    }
  }

  private void commands(Connection connection) throws SQLException {
    for (int i = primes.next(); i > 0; i--) {
      if (!connection.isValid(60)) {
        throw new SQLException("no answer to a ping");
      }
    }
    connection.setCatalog("shop");
    try {
      connection.setCatalog("nowhere");
    } catch (SQLException e) {
      observed.error(e);
    }
    if (connection instanceof ConnectionImpl mysql) {
      for (int i = primes.next(); i > 0; i--) {
        send(mysql, COM_STATISTICS);
      }
      for (int i = primes.next(); i > 0; i--) {
        send(mysql, COM_SET_OPTION, 0, 0); // multi-statements on, as they are
      }
      mysql.resetServerState();
      observed.run(connection, "SELECT 1 " + MARK);
    }
  }

  private static void send(ConnectionImpl mysql, int... bytes) {
    NativePacketPayload command = new NativePacketPayload(bytes.length);
    for (int value : bytes) {
      command.writeInteger(IntegerDataType.INT1, value);
    }
    mysql.getSession().getProtocol().sendCommand(command, false, 0);
  }

  /** A command and a row that are longer than a packet can be. */
  private void longPackets(Connection connection) throws SQLException {
    observed.run(connection, "SELECT LENGTH('" + "x".repeat(17_000_023) + "') " + MARK);
    observed.run(connection, "SELECT REPEAT('y', 17000023), 'z' " + MARK);
  }

  /** More than socket buffers hold, to a client in no hurry: sends fall short. */
  private void slowly() throws SQLException {
    try (Connection connection = client.connectSlowly(server, "shop")) {
      observed.run(connection, "SELECT REPEAT('s', 1000000) FROM item LIMIT 7 " + MARK);
      observed.run(connection, "SELECT a.name FROM item a JOIN item b LIMIT 50021 " + MARK);
    }
  }

  private void refusals() throws SQLException {
    String user = client.user();
    Primes few = new Primes(1);
    for (int i = few.next(); i > 0; i--) {
      observed.refused(() -> client.connect(server, "shop", user, "wrong"));
    }
    for (int i = few.next(); i > 0; i--) {
      observed.refused(() -> client.connect(server, "shop", "nobody", ""));
    }
    for (int i = few.next(); i > 0; i--) {
      observed.refused(() -> client.connect(server, "nowhere", "operator", Client.PASSWORD));
    }
    for (int i = few.next(); i > 0; i--) {
      observed.refused(() -> client.connect(server, "mysql"));
    }
  }
}
