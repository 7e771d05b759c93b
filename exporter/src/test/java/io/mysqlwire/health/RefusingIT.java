package io.mysqlwire.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.health.Reason;
import io.mysqlwire.exporter.health.probe.Finding;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Logins that are refused: everybody's, which is the server's trouble, and only the probe's. */
@SuppressWarnings("try") // clients are there to be counted
class RefusingIT {
  private static final int CONNECTIONS = 20;
  private static final Map<String, String> FEW =
      Map.of("max-connections", String.valueOf(CONNECTIONS));

  /** As many connections as the server takes, and the one more of an administrator. */
  private static List<Connection> fill(EmbeddedServer server) {
    List<Connection> connections = new ArrayList<>();
    try {
      while (connections.size() <= CONNECTIONS + 1) {
        connections.add(ProbeAccount.root(server));
      }
      throw new AssertionError("the server takes more than it should");
    } catch (SQLException e) {
      assertThat(e.getErrorCode()).isEqualTo(1040);
    }
    return connections;
  }

  private static void closeAll(List<Connection> connections) throws SQLException {
    for (Connection connection : connections) {
      connection.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldSayThatNobodyGetsIn(ServerKind kind) throws Exception {
    try (JudgedServer judged = JudgedServer.probed(kind, FEW)) {
      judged.shouldBecomeWell();
      List<Connection> all = fill(judged.server());
      judged.begin();
      assertThat(judged.shouldBecome(Reason.REFUSING).verdict().evidence()).contains("(1040)");
      for (ProbeKind blind : List.of(ProbeKind.SELECT_1, ProbeKind.READ, ProbeKind.WRITE)) {
        assertThat(judged.check(blind).isOk()).as(blind + " is in, and sees nothing").isTrue();
      }
      closeAll(all);
      judged.begin();
      judged.shouldBecomeWell();
    }
  }

  /** Somebody tries again and again, as pools do. */
  @Test
  void shouldSayItWithoutProbes() throws Exception {
    try (JudgedServer judged = JudgedServer.unprobed(ServerKind.MYSQL_8_0, FEW)) {
      judged.shouldBecomeWell();
      List<Connection> all = fill(judged.server());
      try (Shoppers shoppers = Shoppers.withoutTable(judged.server(), 2)) {
        judged.begin();
        judged.shouldBecome(Reason.REFUSING);
        closeAll(all);
        judged.begin();
        judged.shouldBecomeWell();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldNotTakeALockedAccountForAFault(ServerKind kind) throws Exception {
    try (JudgedServer judged = JudgedServer.probed(kind, Map.of());
        Shoppers shoppers = Shoppers.start(judged.server(), 2)) {
      judged.shouldBecomeWell();
      ProbeAccount.asRoot(
          judged.server(), "ALTER USER '" + ProbeAccount.USER + "'@'127.0.0.1' ACCOUNT LOCK");
      Await.until(
          "the probe is refused",
          () -> judged.check(ProbeKind.CONNECT).finding() == Finding.DENIED);
      judged.shouldStay(Reason.OK, 6);
      assertThat(judged.check(ProbeKind.CONNECT).code()).isIn(3118, 4151);
      ProbeAccount.asRoot(
          judged.server(), "ALTER USER '" + ProbeAccount.USER + "'@'127.0.0.1' ACCOUNT UNLOCK");
      Await.until("it gets in", () -> judged.check(ProbeKind.CONNECT).isOk());
    }
  }

  /** Errors of one backend are that backend's trouble. */
  @Test
  void shouldNotTakeOneBackendsErrorsForAFault() throws Exception {
    try (JudgedServer judged = JudgedServer.probed(ServerKind.MARIADB_11_4, Map.of());
        Connection bad = ProbeAccount.root(judged.server());
        Statement statement = bad.createStatement()) {
      judged.shouldBecomeWell();
      judged.shouldStay(
          Reason.OK,
          6,
          () -> {
            try {
              statement.execute("SELECT * FROM nowhere.nothing");
            } catch (SQLException e) {
              assertThat(e.getErrorCode()).isIn(1049, 1146);
            }
          });
    }
  }
}
