package io.mysqlwire.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exactness.SlowDisk;
import io.mysqlwire.exporter.health.Reason;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import io.mysqlwire.testing.ServerKind;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A disk that delays what is written: the write probe is answered in time all the same, and only
 * statistics and fsyncs tell. For VMs: needs the tracing tap and what {@link SlowDisk} does.
 */
@Tag("vm")
class SlowDiskVerdictIT {
  /** More than the threshold, and one write of the probe takes two. */
  private static final int SLOW_MILLISECONDS = 300;

  private static final int HANGS_MILLISECONDS = 10_000;

  private static final Map<String, String> DURABLE =
      Map.of(
          "log-bin", "binlog",
          "server-id", "7",
          "sync-binlog", "1",
          "innodb-flush-log-at-trx-commit", "1",
          "performance-schema", "ON");

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldSayThatTheDiskIsSlow(ServerKind kind) throws Exception {
    try (SlowDisk disk = SlowDisk.mount();
        JudgedServer judged = JudgedServer.probedBelow(disk.path(), kind, DURABLE)) {
      judged.settle();
      try (Writer writer = Writer.start(judged.server())) {
        disk.delayWrites(SLOW_MILLISECONDS);
        judged.begin();
        judged.shouldBecome(Reason.SLOW_DISK);
        for (ProbeKind blind :
            new ProbeKind[] {ProbeKind.CONNECT, ProbeKind.SELECT_1, ProbeKind.READ}) {
          assertThat(judged.check(blind).isOk()).as(blind + " sees nothing").isTrue();
        }
        System.out.println("the write probe: " + judged.check(ProbeKind.WRITE));
        disk.delayWrites(0);
        judged.begin();
        judged.shouldBecome(Reason.OK);
        assertThat(writer.written()).isPositive();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldTellOfAnFsyncBeforeItReturns(ServerKind kind) throws Exception {
    try (SlowDisk disk = SlowDisk.mount();
        JudgedServer judged = JudgedServer.unprobedBelow(disk.path(), kind, DURABLE);
        Writer writer = Writer.start(judged.server())) {
      judged.settle();
      disk.delayWrites(HANGS_MILLISECONDS);
      judged.begin();
      assertThat(judged.shouldBecome(Reason.SLOW_DISK).verdict().evidence())
          .contains("has not returned for");
      disk.delayWrites(0);
      judged.begin();
      judged.shouldBecome(Reason.OK);
      assertThat(writer.written()).isPositive();
    }
  }
}
