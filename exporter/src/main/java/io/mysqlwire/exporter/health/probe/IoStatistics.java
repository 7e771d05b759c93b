package io.mysqlwire.exporter.health.probe;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Connection;

/**
 * What the server itself measured of its waits for redo log and binlog.
 *
 * <p>The longest wait only grows until somebody resets it, so once there was one of a second, none
 * of half a second shows. The mean of the waits since the last look does; and with {@code
 * --probe.statistics-reset} the statistics begin anew after each anomaly, for all their readers.
 *
 * <p>An instrument that is off measures nothing, which is not the same as 0. None is switched on
 * from here.
 */
final class IoStatistics implements Question {
  private static final Map<String, String> EVENTS =
      Map.of("wait/io/file/innodb/innodb_log_file", "redo", "wait/io/file/sql/binlog", "binlog");
  private static final String NAMES = "('" + String.join("', '", EVENTS.keySet()) + "')";
  private static final String INSTRUMENTS =
      "SELECT NAME FROM performance_schema.setup_instruments WHERE ENABLED = 'YES' AND TIMED ="
          + " 'YES' AND NAME IN "
          + NAMES;
  private static final String WAITS =
      "SELECT EVENT_NAME, COUNT_STAR, SUM_TIMER_WAIT, MAX_TIMER_WAIT"
          + " FROM performance_schema.file_summary_by_event_name WHERE EVENT_NAME IN "
          + NAMES;
  private static final String RESET =
      "TRUNCATE TABLE performance_schema.file_summary_by_event_name";
  private static final double PICOSECONDS = 1e12;

  private final double threshold;
  private final boolean reset;
  private final Map<String, Row> before = new HashMap<>();
  private volatile List<IoWait> waits = List.of();
  private volatile @Nullable SlowIo slow;

  private record Row(double count, double sum, double max) {}

  IoStatistics(ProbeSettings settings) {
    threshold = settings.ioThreshold().toNanos() / 1e9;
    reset = settings.statisticsReset();
  }

  /** The longest waits, of those events that are measured. */
  List<IoWait> waits() {
    return waits;
  }

  /** The last anomaly. */
  Optional<SlowIo> slow() {
    return Optional.ofNullable(slow);
  }

  @Override
  public Answer ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      List<String> measured = measured(statement);
      boolean abnormal = look(statement, measured);
      if (abnormal && reset) {
        statement.executeUpdate(RESET);
        before.clear();
      }
      if (measured.isEmpty()) {
        return new Answer(
            Finding.DENIED, "performance_schema or its instruments of redo log and binlog are off");
      }
    }
    return Answer.OK;
  }

  private static List<String> measured(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(INSTRUMENTS)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private boolean look(Statement statement, List<String> measured) throws SQLException {
    List<IoWait> now = new ArrayList<>();
    boolean abnormal = false;
    try (ResultSet rows = statement.executeQuery(WAITS)) {
      while (rows.next()) {
        String name = rows.getString(1);
        String event = EVENTS.get(name);
        if (event == null || !measured.contains(name)) {
          continue;
        }
        Row row =
            new Row(
                rows.getDouble(2),
                rows.getDouble(3) / PICOSECONDS,
                rows.getDouble(4) / PICOSECONDS);
        now.add(new IoWait(event, row.max()));
        Row last = before.put(name, row);
        abnormal |= last != null && isSlow(event, last, row);
      }
    }
    waits = List.copyOf(now);
    return abnormal;
  }

  private boolean isSlow(String event, Row last, Row row) {
    double count = row.count() - last.count();
    double mean = count > 0 ? (row.sum() - last.sum()) / count : 0;
    double longest = row.max() > last.max() ? Math.max(mean, row.max()) : mean;
    if (longest <= threshold) {
      return false;
    }
    slow = new SlowIo(event, longest, System.nanoTime());
    return true;
  }
}
