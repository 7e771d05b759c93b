package io.mysqlwire.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.health.Reason;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.ServerKind;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a minute of health costs, with defaults: a server that is probed, and the exporter. */
@Tag("slow")
class HealthPriceIT {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private static final Map<String, String> OPTIONS =
      Map.of("log-bin", "binlog", "server-id", "7", "binlog-format", "ROW");

  /** Of one server: connections, statements, INSERTs, bytes of binlog. */
  private static final List<String> COUNTERS =
      List.of("Connections", "Questions", "Com_insert", "Binlog_bytes_written");

  private static final int INSERTS = 2;

  @ParameterizedTest
  @ValueSource(ints = {1, 10})
  void shouldTellWhatAMinuteCosts(int count) throws Exception {
    List<JudgedServer> servers = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        servers.add(JudgedServer.probed(ServerKind.MARIADB_11_4, OPTIONS));
      }
      for (JudgedServer one : servers) {
        one.begin();
        one.shouldBecome(Reason.OK);
      }
      JudgedServer first = servers.get(0);
      minute(first, count + " servers, nobody else writes");
      try (Writer writer = Writer.start(first.server())) {
        Await.until(
            "the probe leaves it to the clients",
            () -> first.check(ProbeKind.WRITE).message().contains("left to the clients"));
        long before = writer.written();
        long inserts = minute(first, count + " servers, a client writes to one")[INSERTS];
        assertThat(inserts - (writer.written() - before))
            .as("INSERTs that were not the client's; it may have been in one at both ends")
            .isBetween(-1L, 1L);
      }
    } finally {
      for (JudgedServer one : servers) {
        one.close();
      }
    }
  }

  private static long[] minute(JudgedServer judged, String what) throws Exception {
    long[] before = counters(judged);
    long cpu = cpu();
    LockSupport.parkNanos(MINUTE);
    double used = (cpu() - cpu) / 1e9;
    long[] counted = counters(judged);
    Arrays.setAll(counted, i -> counted[i] - before[i]);
    System.out.printf(
        Locale.ROOT,
        "a minute, %s: %d connections, %d statements, %d inserts, %d bytes of binlog;"
            + " the exporter: %.2f s of CPU in %d threads%n",
        what,
        counted[0],
        counted[1],
        counted[INSERTS],
        counted[3],
        used,
        health().size());
    return counted;
  }

  private static long[] counters(JudgedServer judged) throws SQLException {
    long[] values = new long[COUNTERS.size()];
    try (Connection root = ProbeAccount.root(judged.server());
        Statement statement = root.createStatement()) {
      for (int i = 0; i < values.length; i++) {
        try (ResultSet row =
            statement.executeQuery("SHOW GLOBAL STATUS LIKE '" + COUNTERS.get(i) + "'")) {
          row.next();
          values[i] = row.getLong(2);
        }
      }
    }
    return values;
  }

  private static List<ThreadInfo> health() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(one -> one != null && one.getThreadName().matches("health|probe-.*"))
        .toList();
  }

  private static long cpu() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return health().stream().mapToLong(one -> threads.getThreadCpuTime(one.getThreadId())).sum();
  }
}
