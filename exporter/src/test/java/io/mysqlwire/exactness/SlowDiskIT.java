package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.FileClass;
import io.mysqlwire.bpf.FsyncCounters;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * On a disk that delays what is written, the kernel's histogram shows the delay for every class of
 * files, and so does performance_schema. For VMs: needs the tracing tap and what {@link SlowDisk}
 * does.
 *
 * <p>The delay is a bound from below. Whatever else takes time can only add to it.
 */
@Tag("vm")
class SlowDiskIT {
  private static final int DELAY_MILLISECONDS = 100;

  /** The kernel's clock for delays ticks every 4 ms or 10 ms. */
  private static final double LEAST_SECONDS = (DELAY_MILLISECONDS - 10) / 1e3;

  private static final double MOST_SECONDS = 30;
  private static final int ROWS = 11;

  /** What performance_schema calls the classes. */
  private static final Map<FileClass, String> EVENTS =
      new EnumMap<>(
          Map.of(
              FileClass.REDO, "wait/io/file/innodb/innodb_log_file",
              FileClass.BINLOG, "wait/io/file/sql/binlog",
              FileClass.RELAYLOG, "wait/io/file/sql/relaylog",
              FileClass.DATA, "wait/io/file/innodb/innodb_data_file"));

  @Test
  void shouldShowTheDelayOfTheDiskByClassOfFile() throws Exception {
    ServerKind kind = ServerKind.MYSQL_8_0;
    try (SlowDisk disk = SlowDisk.mount();
        EmbeddedServer server =
            EmbeddedServer.startBelow(disk.path(), kind, FsyncWorkload.options(kind));
        WireTap tap = WireTap.attach(Taps.config(server.port(), "tracing"))) {
      FsyncWorkload workload = new FsyncWorkload(server);
      workload.createTables();
      workload.replicate();
      workload.insert(1, 1);
      disk.delayWrites(DELAY_MILLISECONDS);
      workload.run("TRUNCATE performance_schema.file_summary_by_event_name");
      WireSnapshot before = tap.read();
      workload.insert(1, ROWS);
      workload.run("FLUSH TABLES shop.item FOR EXPORT", "UNLOCK TABLES");
      WireSnapshot after = tap.read();
      for (FileClass file : EVENTS.keySet()) {
        shouldShowTheDelay(file, before, after, workload);
      }
      disk.delayWrites(0);
    }
  }

  private static void shouldShowTheDelay(
      FileClass file, WireSnapshot before, WireSnapshot after, FsyncWorkload workload)
      throws Exception {
    int fast = 0;
    int slow = 0;
    int slowest = 0;
    for (int bucket = 0; bucket < WireSnapshot.LATENCY_BUCKETS; bucket++) {
      long calls = buckets(after, file)[bucket] - buckets(before, file)[bucket];
      if (WireSnapshot.latencyBound(bucket) < LEAST_SECONDS) {
        fast += (int) calls;
      } else {
        slow += (int) calls;
        slowest = calls > 0 ? bucket : slowest;
      }
    }
    double most =
        workload.number(
                "SELECT MAX_TIMER_WAIT FROM performance_schema.file_summary_by_event_name"
                    + " WHERE EVENT_NAME = '"
                    + EVENTS.get(file)
                    + "'")
            / 1e12;
    System.out.printf(
        "%s: %d calls as slow as the disk, %d faster; slowest at most %.3f s,"
            + " performance_schema %.3f s%n",
        file.label(), slow, fast, WireSnapshot.latencyBound(slowest), most);
    assertThat(fast).as(file.label() + ": calls faster than the disk").isZero();
    assertThat(slow).as(file.label() + ": calls as slow").isPositive();
    assertThat(most).as(file.label()).isBetween(LEAST_SECONDS, MOST_SECONDS);
    // It times the call from outside, so that it can be in the next bucket, but not in one below.
    assertThat(most)
        .as(file.label() + ": MAX_TIMER_WAIT")
        .isBetween(WireSnapshot.latencyBound(slowest - 1), WireSnapshot.latencyBound(slowest + 1));
  }

  private static long[] buckets(WireSnapshot snapshot, FileClass file) {
    return snapshot.fsyncs().stream()
        .filter(fsyncs -> fsyncs.file() == file)
        .map(FsyncCounters::latencyBuckets)
        .findFirst()
        .orElseGet(() -> new long[WireSnapshot.LATENCY_BUCKETS]);
  }
}
