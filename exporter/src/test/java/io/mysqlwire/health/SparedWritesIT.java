package io.mysqlwire.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.health.Reason;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.ServerKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While real clients write, no probe does; once they no longer can, one tries at once. */
class SparedWritesIT {
  /** Each write probe makes one before it decides, and the read probe one as well. */
  private static final long SELECTS = 24;

  private static long status(JudgedServer judged, String name) throws SQLException {
    try (Connection root = ProbeAccount.root(judged.server());
        Statement statement = root.createStatement();
        ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE '" + name + "'")) {
      row.next();
      return row.getLong(2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldLeaveWritingToTheClients(ServerKind kind) throws Exception {
    try (JudgedServer judged = JudgedServer.probed(kind, java.util.Map.of())) {
      judged.shouldBecomeWell();
      long before = judged.writesSeen("root");
      try (Writer writer = Writer.start(judged.server())) {
        Await.until(
            "the probe leaves it to the clients",
            () -> judged.check(ProbeKind.WRITE).message().contains("left to the clients"));
        long inserts = status(judged, "Com_insert") - writer.written();
        long selects = status(judged, "Com_select");
        Await.until(
            "the probes have asked", () -> status(judged, "Com_select") >= selects + SELECTS);
        judged.shouldStay(Reason.OK, 1);
        assertThat(judged.check(ProbeKind.WRITE).isOk()).isTrue();
        long rows = writer.end();
        assertThat(status(judged, "Com_insert") - rows)
            .as("writes that were not the client's, in that time")
            .isBetween(inserts - 1, inserts);
        long expected = before + rows + 1; // CREATE DATABASE says that a row was affected
        Await.until("all are counted", () -> judged.writesSeen("root") >= expected);
        assertThat(judged.writesSeen("root")).isEqualTo(expected);
        System.out.printf("%s: %d rows, %d writes counted%n", kind.label(), rows, rows);
      }
      Await.until("it writes again", () -> judged.check(ProbeKind.WRITE).message().isEmpty());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldTryOnceTheClientsNoLongerCan(ServerKind kind) throws Exception {
    try (JudgedServer judged = JudgedServer.probed(kind, java.util.Map.of());
        Connection backup = ProbeAccount.root(judged.server());
        Statement statement = backup.createStatement()) {
      judged.shouldBecomeWell();
      try (Writer writer = Writer.start(judged.server())) {
        Await.until(
            "the probe leaves it to the clients",
            () -> judged.check(ProbeKind.WRITE).message().contains("left to the clients"));
        assertThat(writer.written()).isPositive();
        statement.execute("FLUSH TABLES WITH READ LOCK");
        judged.begin();
        assertThat(judged.shouldBecome(Reason.CANNOT_WRITE).verdict().evidence())
            .contains("a table read answers in", "a table write has no answer", "1 command waits");
        statement.execute("UNLOCK TABLES");
        judged.begin();
        judged.shouldBecome(Reason.OK);
      }
    }
  }
}
