package io.mysqlwire.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.health.HealthWatch;
import io.mysqlwire.exporter.health.ServerHealth;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.ServerKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several exporters that probe one server write no more to its binlog than one. */
class BinlogIT {
  private static final int EXPORTERS = 4;

  /**
   * Statements to wait for. In each round of two seconds an exporter has five at least, and one of
   * all exporters writes.
   */
  private static final long SELECTS = 400;

  private static long status(JudgedServer judged, String name) throws SQLException {
    try (Connection root = ProbeAccount.root(judged.server());
        Statement statement = root.createStatement();
        ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE '" + name + "'")) {
      row.next();
      return row.getLong(2);
    }
  }

  private static boolean writes(HealthWatch watch) {
    return watch.servers().stream()
        .map(ServerHealth::checks)
        .flatMap(checks -> checks.stream())
        .anyMatch(check -> check.kind() == ProbeKind.WRITE && check.isOk());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ROW", "MIXED", "STATEMENT"})
  void shouldNotMultiplyEvents(String format) throws Exception {
    Map<String, String> options =
        Map.of("log-bin", "binlog", "server-id", "7", "binlog-format", format);
    HealthWatch[] others = new HealthWatch[EXPORTERS - 1];
    try (JudgedServer judged = JudgedServer.probed(ServerKind.MARIADB_11_4, options)) {
      judged.shouldBecomeWell();
      for (int i = 0; i < others.length; i++) {
        HealthWatch other = judged.secondExporter();
        others[i] = other;
        Await.until("another exporter writes", () -> writes(other));
      }
      // What each write probe asks first, whether or not it then writes.
      long looks = status(judged, "Com_select");
      long inserts = status(judged, "Com_insert");
      long commits = status(judged, "Binlog_commits");
      Await.until("enough writes", () -> status(judged, "Com_select") >= looks + SELECTS);
      long written = status(judged, "Binlog_commits") - commits;
      long statements = status(judged, "Com_insert") - inserts;
      System.out.printf(
          "%s, %d exporters: %d statements, %d writes, %d in the binlog%n",
          format, EXPORTERS, SELECTS, statements, written);
      assertThat(written).isPositive().isLessThanOrEqualTo(statements + 1);
      assertThat(written).isLessThan(SELECTS / (EXPORTERS * 5));
    } finally {
      for (HealthWatch other : others) {
        if (other != null) {
          other.close();
        }
      }
    }
  }
}
