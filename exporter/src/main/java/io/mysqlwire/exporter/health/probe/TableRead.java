package io.mysqlwire.exporter.health.probe;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.mariadb.jdbc.Connection;

/** Reads the probes' table: a row for each server that was ever written to. */
final class TableRead implements Question {
  private final String sql;

  TableRead(ProbeSettings settings) {
    sql = "SELECT * FROM " + settings.quotedTable();
  }

  @Override
  public Answer ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        // To the last one, for a result may end in an error.
      }
    }
    return Answer.OK;
  }
}
