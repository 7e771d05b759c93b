package io.mysqlwire.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.health.Reason;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import io.mysqlwire.testing.ServerKind;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that read as ever and do not write. */
class WritesIT {
  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0", "MYSQL_5_7"})
  void shouldSayThatAServerIsReadOnly(ServerKind kind) throws Exception {
    try (JudgedServer judged = JudgedServer.probed(kind, Map.of())) {
      judged.shouldBecomeWell();
      ProbeAccount.asRoot(judged.server(), "SET GLOBAL read_only = 1");
      judged.begin();
      assertThat(judged.shouldBecome(Reason.READ_ONLY).verdict().evidence())
          .contains("read_only is on, so nothing was written");
      assertThat(judged.check(ProbeKind.READ).isOk()).isTrue();
      ProbeAccount.asRoot(judged.server(), "SET GLOBAL read_only = 0");
      judged.begin();
      judged.shouldBecomeWell();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldSayThatAGlobalLockStopsWrites(ServerKind kind) throws Exception {
    try (JudgedServer judged = JudgedServer.probed(kind, Map.of());
        Connection backup = ProbeAccount.root(judged.server());
        Statement statement = backup.createStatement()) {
      judged.shouldBecomeWell();
      statement.execute("FLUSH TABLES WITH READ LOCK");
      judged.begin();
      assertThat(judged.shouldBecome(Reason.CANNOT_WRITE).verdict().evidence())
          .contains("a table read answers in", "a table write has no answer");
      for (ProbeKind blind :
          new ProbeKind[] {ProbeKind.CONNECT, ProbeKind.SELECT_1, ProbeKind.READ}) {
        assertThat(judged.check(blind).isOk()).as(blind + " sees nothing").isTrue();
      }
      statement.execute("UNLOCK TABLES");
      judged.begin();
      judged.shouldBecomeWell();
    }
  }
}
