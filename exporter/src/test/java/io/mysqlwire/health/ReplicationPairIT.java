package io.mysqlwire.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.health.HealthWatch;
import io.mysqlwire.exporter.health.Reason;
import io.mysqlwire.exporter.health.ServerHealth;
import io.mysqlwire.exporter.health.probe.Check;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.ServerKind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two servers that replicate to each other, each probed with writes by two exporters: neither ever
 * stops for a row that both have written, and no more is written than by one exporter for each.
 */
class ReplicationPairIT {
  /** Of each server: a write in two seconds at most, by default. */
  private static final double STATED_PER_MINUTE = 30;

  /**
   * The first and the last of a time are both in it, a row's age is known in whole seconds, and two
   * exporters that look at the same moment both write. Two that knew nothing of each other would
   * write twice as much.
   */
  private static final int AT_THE_EDGES = 3;

  /** Transactions to wait for, of each server. */
  private static final long ENOUGH = Integer.getInteger("mysqlwire.transactions", 10);

  @ParameterizedTest
  @CsvSource({"MYSQL_8_0, ROW", "MARIADB_11_4, MIXED"})
  void shouldNeverStopReplication(ServerKind kind, String format) throws Exception {
    List<HealthWatch> others = new ArrayList<>();
    try (JudgedServer one = JudgedServer.probed(kind, options(kind, 1, format));
        JudgedServer two = JudgedServer.probed(kind, options(kind, 2, format))) {
      Replica first = Replica.of(one.server());
      Replica second = Replica.of(two.server());
      first.follow(two.server());
      second.follow(one.server());
      for (JudgedServer judged : List.of(one, two)) {
        judged.shouldBecomeWell();
        HealthWatch other = judged.secondExporter();
        others.add(other);
        Await.until("another exporter writes", () -> writes(other));
      }
      long began = System.nanoTime();
      long firstBegan = first.ownTransactions();
      long secondBegan = second.ownTransactions();
      Await.until(
          "transactions of both",
          () -> {
            shouldRun(first, second);
            return first.ownTransactions() >= firstBegan + ENOUGH
                && second.ownTransactions() >= secondBegan + ENOUGH;
          });
      long firstNow = first.ownTransactions();
      long secondNow = second.ownTransactions();
      double minutes = (System.nanoTime() - began) / 60e9;
      shouldBeAsStated(one, format, firstNow - firstBegan, minutes);
      shouldBeAsStated(two, format, secondNow - secondBegan, minutes);
      Await.until(
          "each has executed what the other wrote",
          () ->
              second.transactionsOf(one.server()) >= firstNow
                  && first.transactionsOf(two.server()) >= secondNow);
      shouldRun(first, second);
      for (JudgedServer judged : List.of(one, two)) {
        assertThat(judged.now().verdict().reason()).isEqualTo(Reason.OK);
      }
      assertThat(first.probeRows()).as("a row of each server").isEqualTo(2);
    } finally {
      others.forEach(HealthWatch::close);
    }
  }

  private static Map<String, String> options(ServerKind kind, int id, String format) {
    Map<String, String> options = new HashMap<>();
    options.put("server-id", String.valueOf(id));
    options.put("log-bin", "binlog");
    options.put("binlog-format", format);
    options.put("log-slave-updates", "1");
    if (kind.isMariaDb()) {
      options.put("gtid-domain-id", String.valueOf(id));
      options.put("gtid-strict-mode", "1");
    } else {
      options.put("gtid-mode", "ON");
      options.put("enforce-gtid-consistency", "ON");
    }
    return options;
  }

  private static boolean writes(HealthWatch watch) {
    return watch.servers().stream()
        .map(ServerHealth::checks)
        .flatMap(List::stream)
        .filter(check -> check.kind() == ProbeKind.WRITE)
        .anyMatch(Check::isOk);
  }

  private static void shouldRun(Replica... replicas) throws SQLException {
    for (Replica replica : replicas) {
      assertThat(replica.problem()).isEmpty();
    }
  }

  private static void shouldBeAsStated(
      JudgedServer judged, String format, long written, double minutes) {
    System.out.printf(
        Locale.ROOT,
        "%s, %s, two exporters: %d transactions in %.0f s, %.1f a minute%n",
        judged.server().kind().label(),
        format,
        written,
        60 * minutes,
        written / minutes);
    assertThat((double) written).isLessThanOrEqualTo(STATED_PER_MINUTE * minutes + AT_THE_EDGES);
  }
}
