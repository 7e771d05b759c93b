package io.mysqlwire.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.health.Reason;
import io.mysqlwire.exporter.health.ServerHealth;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import io.mysqlwire.load.StoppedServer;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.ServerKind;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that stands still: the kernel goes on to take connections for it. */
@SuppressWarnings("try") // clients are there to be counted
class StuckIT {
  private static final int CLIENTS = 4;

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldSayThatNothingIsAnswered(ServerKind kind) throws Exception {
    try (JudgedServer judged = JudgedServer.probed(kind, Map.of());
        Shoppers shoppers = Shoppers.start(judged.server(), CLIENTS)) {
      judged.shouldBecomeWell();
      StoppedServer.during(
          judged.server(),
          () -> {
            judged.begin();
            ServerHealth stuck = judged.shouldBecome(Reason.STUCK);
            assertThat(stuck.verdict().evidence()).contains("is stopped by a signal");
            Await.until(
                "the probes hang", () -> judged.check(ProbeKind.SELECT_1).finding().isTooLate());
            judged.begin();
          });
      judged.shouldBecomeWell();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_5_7"})
  void shouldSayItWithoutProbes(ServerKind kind) throws Exception {
    try (JudgedServer judged = JudgedServer.unprobed(kind, Map.of());
        Shoppers shoppers = Shoppers.start(judged.server(), CLIENTS)) {
      judged.shouldBecomeWell();
      StoppedServer.during(
          judged.server(),
          () -> {
            judged.begin();
            judged.shouldBecome(Reason.STUCK);
            Await.until(
                "what waits is said",
                () -> judged.now().verdict().evidence().contains(CLIENTS + " commands wait"));
            judged.begin();
          });
      judged.shouldBecomeWell();
    }
  }
}
