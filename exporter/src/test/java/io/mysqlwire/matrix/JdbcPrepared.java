package io.mysqlwire.matrix;

import io.mysqlwire.exactness.Observations;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Prepared statements, in the binary protocol. */
final class JdbcPrepared {
  private JdbcPrepared() {}

  /** With parameters and columns, with one of them, with none. */
  static void statements(Connection connection, Target target, Observations observed)
      throws SQLException {
    for (String sql :
        List.of(
            "SELECT id, name FROM item WHERE id < ?",
            "UPDATE account SET balance = ?",
            "SELECT id FROM item",
            "DO 0")) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (int i = 0; i < 5; i++) {
          if (sql.contains("?")) {
            statement.setInt(1, i);
          }
          statement.execute();
        }
      }
      observed.count("command stmt_execute", 5);
    }
  }

  /**
   * In the preparing and in the execution. How often the server refuses to prepare is not told:
   * MariaDB's driver executes without waiting, MySQL's tries again with text.
   */
  static void errors(Connection connection, Target target, Observations observed)
      throws SQLException {
    for (String sql : List.of("SELECT ? FROM missing", "INSERT INTO item VALUES (?, 'again')")) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setInt(1, 1);
        statement.execute();
      } catch (SQLException e) {
        if (!sql.contains("missing")) {
          observed.error(e);
        }
      }
    }
  }

  static void cursor(Connection connection, Target target, Observations observed)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT id, name FROM item WHERE id < ?",
            ResultSet.TYPE_FORWARD_ONLY,
            ResultSet.CONCUR_READ_ONLY)) {
      statement.setFetchSize(13);
      for (int limit : new int[] {0, 41, 26}) {
        statement.setInt(1, limit);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {}
        }
      }
    }
    observed.count("command stmt_execute", 3);
  }

  static void longData(Connection connection, Target target, Observations observed)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT LENGTH(?), REPEAT('r', ?)")) {
      for (int length : new int[] {1, 100_003}) {
        statement.setBinaryStream(1, new ByteArrayInputStream(new byte[length]));
        statement.setInt(2, 300);
        statement.executeQuery().close();
      }
      statement.clearParameters();
      statement.setInt(1, 1);
      statement.setInt(2, 1);
      statement.executeQuery().close();
    }
    observed.count("command stmt_execute", 3);
  }

  static void batch(Connection connection, Target target, Observations observed)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO sink VALUES (?, NULL)")) {
      for (int i = 0; i < 7; i++) {
        statement.setInt(1, i);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
