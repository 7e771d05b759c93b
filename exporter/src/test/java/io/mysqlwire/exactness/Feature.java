package io.mysqlwire.exactness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that a conversation can be about, small enough to be replayed at every split.
 *
 * @param name of the file
 * @param options driver options that it needs
 * @param conversation what is said
 */
record Feature(String name, String options, Talk conversation) {
  private static final String SERVER_PREPARE = "useServerPrepStmts=true";

  /** What is said on one connection. */
  interface Talk {
    void on(Connection connection) throws SQLException, IOException;
  }

  static final List<Feature> ALL =
      List.of(
          sql("select", "SELECT 1", "SELECT id FROM item WHERE id < 0", "SELECT 1, NULL, 'x'"),
          sql("rows", "SELECT id, name FROM item LIMIT 101"),
          sql("long-rows", "SELECT * FROM page"),
          sql("ok", "UPDATE account SET balance = 1 WHERE id = 1", "SET @a = 1", "DO 0"),
          sql("errors", "SELEC 1", "SELECT * FROM missing", "INSERT INTO item VALUES (1, 'x')"),
          sql("signal", "SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 65534"),
          sql(
              "error-after-rows",
              "SELECT (SELECT amount FROM price WHERE price.item = i.id) FROM item i"
                  + " WHERE id > 900 ORDER BY id"),
          sql("multi", "SELECT 1; DO 0; SELECT 2", "SELECT 1; SELEC 2; SELECT 3"),
          sql("call", "CALL two_results()", "CALL signals()"),
          sql("long-query", "SELECT LENGTH('" + "q".repeat(9001) + "')"),
          new Feature("old-eof", "deprecateEof=false", run("SELECT 1; SELECT 2", "SELEC 1")),
          new Feature("local-infile", "", Feature::localFile),
          new Feature("ping-init-db", "", Feature::pingAndInitDb),
          new Feature("prepared", SERVER_PREPARE, Feature::prepared),
          new Feature(
              "prepared-old-eof", SERVER_PREPARE + "&deprecateEof=false", Feature::prepared),
          new Feature("batch", SERVER_PREPARE, Feature::batch),
          new Feature("cursor", SERVER_PREPARE + "&useCursorFetch=true", Feature::cursor));

  private static Feature sql(String name, String... statements) {
    return new Feature(name, "", run(statements));
  }

  private static Talk run(String... statements) {
    return connection -> {
      Observations ignored = new Observations();
      for (String statement : statements) {
        ignored.run(connection, statement);
      }
    };
  }

  private static void localFile(Connection connection) throws SQLException, IOException {
    Path file = Files.createTempFile("mysqlwire", ".txt");
    try {
      Files.writeString(file, "a line\n".repeat(11));
      for (String table : List.of("file", "checked_file", "missing")) {
        run("LOAD DATA LOCAL INFILE '" + file + "' INTO TABLE " + table).on(connection);
      }
    } finally {
      Files.delete(file);
    }
  }

  private static void pingAndInitDb(Connection connection) throws SQLException {
    connection.isValid(60);
    connection.setCatalog("information_schema");
    try {
      connection.setCatalog("nowhere");
    } catch (SQLException e) {
      new Observations().error(e);
    }
  }

  private static void prepared(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id, name FROM item WHERE id < ?")) {
      for (int i = 0; i < 5; i++) {
        statement.setInt(1, i);
        statement.executeQuery().close();
      }
    }
    List<SQLException> errors = new ArrayList<>();
    for (String sql : List.of("SELECT ? FROM missing", "INSERT INTO item VALUES (?, 'again')")) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setInt(1, 1);
        statement.execute();
      } catch (SQLException e) {
        errors.add(e);
      }
    }
    for (SQLException e : errors) {
      new Observations().error(e);
    }
  }

  private static void batch(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE account SET balance = ? WHERE id = ?")) {
      for (int i = 0; i < 7; i++) {
        statement.setInt(1, i);
        statement.setInt(2, i);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void cursor(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT id FROM item WHERE id < ?",
            ResultSet.TYPE_FORWARD_ONLY,
            ResultSet.CONCUR_READ_ONLY)) {
      statement.setFetchSize(13);
      statement.setInt(1, 41);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {}
      }
    }
  }
}
