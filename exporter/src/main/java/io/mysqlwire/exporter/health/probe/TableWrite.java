package io.mysqlwire.exporter.health.probe;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.mariadb.jdbc.Connection;

/**
 * Writes this server's row of the probes' table.
 *
 * <p>A server that is read-only is not written to, though an account with SUPER could. The row is
 * that of the server's id, so that servers which replicate to each other never write the same; the
 * id is asked for first, because in the binlog's statement format {@code @@server_id} would be the
 * replica's. A row that somebody has just written stays as it is and nothing goes to the binlog:
 * several exporters write no more than one. While real clients write, nothing is written.
 */
final class TableWrite implements Question {
  /** ER_UNKNOWN_SYSTEM_VARIABLE: MariaDB has no super_read_only. */
  private static final int UNKNOWN_VARIABLE = 1193;

  private static final List<String> SWITCHES =
      List.of("super_read_only", "read_only", "innodb_read_only");

  private final String table;
  private final long freshSeconds;
  private final long patienceSeconds;
  private final BooleanSupplier clientsWrite;
  private boolean hasSuper = true;
  private long prepared;

  TableWrite(ProbeSettings settings, BooleanSupplier clientsWrite) {
    this.clientsWrite = clientsWrite;
    table = settings.quotedTable();
    // In whole seconds, as the column: our own row of last time is older.
    freshSeconds = settings.interval().toSeconds();
    patienceSeconds = settings.patienceSeconds();
  }

  @Override
  public Answer ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (prepared != connection.getThreadId()) {
        limitWaits(statement);
        prepared = connection.getThreadId();
      }
      List<String> on = new ArrayList<>();
      long serverId = state(statement, on);
      if (!on.isEmpty()) {
        return new Answer(
            Finding.READ_ONLY, String.join(" and ", on) + " is on, so nothing was written");
      }
      if (clientsWrite.getAsBoolean()) {
        return new Answer(Finding.OK, "left to the clients, who write");
      }
      if (isFresh(statement, serverId)) {
        return new Answer(Finding.OK, "left to another exporter, which wrote just now", true);
      }
      statement.executeUpdate(
          String.format(
              Locale.ROOT,
              "INSERT INTO %s (id, t_modified) VALUES (%d, NOW())"
                  + " ON DUPLICATE KEY UPDATE t_modified = NOW()",
              table,
              serverId));
    }
    return Answer.OK;
  }

  /** Asked for apart: the statement format logs what changes no row, too. */
  private boolean isFresh(Statement statement, long serverId) throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            "SELECT 1 FROM %s WHERE id = %d AND t_modified > NOW() - INTERVAL %d SECOND"
                + " AND t_modified <= NOW()",
            table,
            serverId,
            freshSeconds);
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next();
    }
  }

  /** What we left behind ends by itself, should nobody be able to kill it. */
  private void limitWaits(Statement statement) throws SQLException {
    statement.executeUpdate(
        String.format(
            Locale.ROOT,
            "SET SESSION lock_wait_timeout = %d, SESSION innodb_lock_wait_timeout = %d",
            2 * patienceSeconds,
            2 * patienceSeconds));
  }

  /** The server's id; adds the switches that are on. */
  private long state(Statement statement, List<String> on) throws SQLException {
    List<String> asked = SWITCHES.subList(hasSuper ? 0 : 1, SWITCHES.size());
    String sql = "SELECT @@global.server_id, @@global." + String.join(", @@global.", asked);
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      for (int i = 0; i < asked.size(); i++) {
        String value = String.valueOf(row.getString(2 + i));
        if (!value.equals("0") && !value.equalsIgnoreCase("OFF")) {
          on.add(asked.get(i));
        }
      }
      return row.getLong(1);
    } catch (SQLException e) {
      if (e.getErrorCode() != UNKNOWN_VARIABLE || !hasSuper) {
        throw e;
      }
      hasSuper = false;
      return state(statement, on);
    }
  }
}
