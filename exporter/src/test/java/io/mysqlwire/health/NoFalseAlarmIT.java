package io.mysqlwire.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.health.Reason;
import io.mysqlwire.testing.Leftovers;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is no fault, for as long as {@code mysqlwire.phase-seconds} each: sysbench at saturation,
 * analytic queries that take a minute, nobody, a backup that locks all for less than the deadline,
 * and a restart. Every half second the verdict is looked at.
 */
@Tag("slow")
class NoFalseAlarmIT {
  private static final int PHASE_SECONDS = Integer.getInteger("mysqlwire.phase-seconds", 360);

  private static final int THREADS = 16;
  private static final int ANALYSTS = 3;

  /** Of a wait that no client would notice as a fault; the deadline of a probe is 1 s. */
  private static final long LOCK = TimeUnit.MILLISECONDS.toNanos(500);

  /** A redo log as small as that of other tests stops all writes for seconds when it is full. */
  private static final Map<String, String> DURABLE =
      Map.of(
          "log-bin", "binlog",
          "server-id", "7",
          "max-connections", "100",
          "innodb-log-file-size", "256M",
          "innodb-buffer-pool-size", "256M");

  private final Map<Reason, Integer> seen = new EnumMap<>(Reason.class);

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldNeverBeCalledIll(ServerKind kind) throws Exception {
    try (JudgedServer judged = JudgedServer.probed(kind, DURABLE)) {
      judged.shouldBecomeWell();
      ProbeAccount.asRoot(judged.server(), "CREATE DATABASE sbtest");
      Leftovers.end(sysbench(judged, "prepare", 1));
      phase(kind, judged, "idle", () -> {});
      Process load = sysbench(judged, "run", PHASE_SECONDS + 60);
      phase(kind, judged, "sysbench", () -> {});
      Leftovers.end(load);
      List<Thread> analysts = analysts(judged);
      phase(kind, judged, "analytic queries", () -> {});
      for (Thread analyst : analysts) {
        analyst.join();
      }
      phase(kind, judged, "backup", () -> lock(judged));
      judged.server().end();
      judged.server().startAgain();
      phase(kind, judged, "restart", () -> {});
    }
  }

  private interface Meanwhile {
    void run() throws Exception;
  }

  private void phase(ServerKind kind, JudgedServer judged, String what, Meanwhile meanwhile)
      throws Exception {
    seen.clear();
    List<String> alarms = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PHASE_SECONDS);
    while (System.nanoTime() < end) {
      meanwhile.run();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
      var verdict = judged.now().verdict();
      seen.merge(verdict.reason(), 1, Integer::sum);
      if (!Set.of(Reason.OK, Reason.STARTING).contains(verdict.reason())) {
        alarms.add(verdict.toString());
      }
    }
    System.out.printf("%s, %s: looks by verdict %s%n", kind.label(), what, seen);
    assertThat(alarms).as(what).isEmpty();
    assertThat(seen).containsKey(Reason.OK);
  }

  /** Debian's; {@code prepare} is awaited. */
  private static Process sysbench(JudgedServer judged, String command, int seconds)
      throws IOException, InterruptedException {
    Process process =
        Leftovers.start(
            new ProcessBuilder(
                    "sysbench",
                    "oltp_read_write",
                    "--db-driver=mysql",
                    "--mysql-host=127.0.0.1",
                    "--mysql-port=" + judged.server().port(),
                    "--mysql-user=root",
                    "--mysql-ssl=off",
                    "--mysql-ignore-errors=all",
                    "--tables=4",
                    "--table-size=10000",
                    "--threads=" + THREADS,
                    "--time=" + seconds,
                    command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT));
    if (command.equals("prepare")) {
      assertThat(process.waitFor()).as("sysbench prepare").isZero();
    }
    return process;
  }

  /** Each query takes a minute, or what is left of the phase. */
  private static List<Thread> analysts(JudgedServer judged) {
    List<Thread> threads = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PHASE_SECONDS);
    for (int i = 0; i < ANALYSTS; i++) {
      Thread thread = new Thread(() -> analyse(judged, end), "analyst-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    return threads;
  }

  private static void analyse(JudgedServer judged, long end) {
    try (Connection connection = ProbeAccount.root(judged.server());
        Statement statement = connection.createStatement()) {
      while (System.nanoTime() < end) {
        // Rows by the thousand million, until the client has enough of it.
        statement.setQueryTimeout(60);
        try {
          statement.execute(
              "SELECT COUNT(*) FROM sbtest.sbtest1 a, sbtest.sbtest2 b, sbtest.sbtest3 c"
                  + " WHERE a.k + b.k + c.k = 1");
        } catch (java.sql.SQLTimeoutException e) {
          // As long as it was meant to take.
        }
      }
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void lock(JudgedServer judged) throws Exception {
    try (Connection backup = ProbeAccount.root(judged.server());
        Statement statement = backup.createStatement()) {
      statement.execute("FLUSH TABLES WITH READ LOCK");
      LockSupport.parkNanos(LOCK);
      statement.execute("UNLOCK TABLES");
    }
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
  }
}
