package io.mysqlwire.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exactness.HostChanges;
import io.mysqlwire.exporter.health.Reason;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import io.mysqlwire.testing.FullDisk;
import io.mysqlwire.testing.ServerKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The disk of the binlog is full: reads go on, and every commit waits. */
class FullDiskIT {
  private static final int PAGE = 1 << 14;

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldSayThatNothingCanBeWritten(ServerKind kind) throws Exception {
    try (HostChanges host = new HostChanges()) {
      Path disk = host.smallDisk("mysqlwire-binlog-", "1m");
      try (JudgedServer judged =
          JudgedServer.probed(
              kind, Map.of("log-bin", disk.resolve("binlog").toString(), "server-id", "1"))) {
        judged.shouldBecomeWell();
        FullDisk.fill(disk.resolve("rubbish"));
        // What is left of the last page of the binlog is not enough for this.
        Thread writer = new Thread(() -> write(judged), "writer");
        writer.setDaemon(true);
        writer.start();
        judged.begin();
        assertThat(judged.shouldBecome(Reason.CANNOT_WRITE).verdict().evidence())
            .contains("a table read answers in");
        for (ProbeKind blind : List.of(ProbeKind.CONNECT, ProbeKind.SELECT_1, ProbeKind.READ)) {
          assertThat(judged.check(blind).isOk()).as(blind + " sees nothing").isTrue();
        }
        Files.delete(disk.resolve("rubbish"));
      }
    }
  }

  private static void write(JudgedServer judged) {
    try {
      ProbeAccount.asRoot(judged.server(), "CREATE DATABASE shop /* " + "x".repeat(PAGE) + " */");
    } catch (SQLException e) {
      // It waits for room until the server ends.
    }
  }
}
