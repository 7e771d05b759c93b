package io.mysqlwire.exactness;

import io.mysqlwire.testing.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What one client does on a bad network: fewer statements than {@link Workload}, for each loss
 * costs a fifth of a second, but commands and results of many segments.
 */
final class FaultyWorkload {
  private final EmbeddedServer server;
  private final Client client;
  private final Observations ignored = new Observations();
  private final Primes primes;
  private final String table;
  private final int longBytes;

  /**
   * @param number tells clients apart
   * @param longBytes length of long commands, results and files
   */
  FaultyWorkload(EmbeddedServer server, Client client, int number, int longBytes) {
    this.server = server;
    this.client = client;
    this.primes = new Primes(number);
    this.table = "own" + number;
    this.longBytes = longBytes;
  }

  /** One statement at a time. */
  @Nullable Void run() throws SQLException, IOException {
    try (Connection connection = client.connect(server, "shop")) {
      createTable(connection);
      for (StatementKind kind : StatementKind.ALL) {
        repeat(connection, kind.sqlFor(table));
      }
      longCommands(connection);
      localFile(connection);
    }
    features();
    return null;
  }

  /** As fast as MariaDB's driver goes: it sends the next command before it reads an answer. */
  @Nullable Void runPipelined() throws SQLException, IOException {
    try (Connection connection = client.connect(server, "shop")) {
      createTable(connection);
      for (int i = 0; i < 101; i++) {
        prepareAndExecute(connection, "SELECT id, name FROM item WHERE id < ? + " + i, i);
        prepareAndExecute(connection, "UPDATE account SET balance = " + i + " WHERE id = ?", i);
      }
      batch(connection, "INSERT INTO " + table + " (id, name) VALUES (NULL, ?)");
      batch(connection, "UPDATE " + table + " SET name = 'y' WHERE id = ?");
    }
    features();
    return null;
  }

  private void createTable(Connection connection) throws SQLException {
    ignored.run(
        connection,
        "CREATE TABLE " + table + " (id INT AUTO_INCREMENT PRIMARY KEY, name LONGTEXT)");
  }

  private void repeat(Connection connection, String sql) throws SQLException {
    for (int i = primes.next() % 11; i >= 0; i--) {
      ignored.run(connection, sql);
    }
  }

  private void longCommands(Connection connection) throws SQLException {
    String text = "x".repeat(longBytes);
    ignored.run(connection, "INSERT INTO " + table + " VALUES (NULL, '" + text + "')");
    ignored.run(connection, "SELECT * FROM " + table);
    prepareAndExecute(
        connection, "INSERT INTO " + table + " VALUES (NULL, CONCAT(?, '" + text + "'))", 1);
    ignored.run(connection, "SELECT LENGTH('" + text + "') FROM missing");
  }

  private void localFile(Connection connection) throws SQLException, IOException {
    Path file = Files.createTempFile("mysqlwire", ".txt");
    try {
      String line = "l".repeat(96) + "\n";
      Files.writeString(file, line.repeat(1 + longBytes / 3 / line.length()));
      ignored.run(connection, "LOAD DATA LOCAL INFILE '" + file + "' INTO TABLE file");
      ignored.run(connection, "LOAD DATA LOCAL INFILE '" + file + "' INTO TABLE checked_file");
    } finally {
      Files.delete(file);
    }
  }

  private void features() throws SQLException, IOException {
    for (Feature feature : Feature.ALL) {
      Client with =
          new Client(
              client.driver(),
              client.address(),
              client.user(),
              client.options() + "&" + feature.options());
      try (Connection connection = with.connect(server, "shop")) {
        for (int i = 0; i < 2; i++) {
          feature.conversation().on(connection);
        }
      }
    }
  }

  private void prepareAndExecute(Connection connection, String sql, int parameter)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, parameter);
      statement.execute();
    } catch (SQLException e) {
      ignored.error(e);
    }
  }

  private static void batch(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < 503; i++) {
        statement.setInt(1, i);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
