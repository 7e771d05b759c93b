package io.mysqlwire.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.health.Reason;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.ServerKind;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server that hangs and looks like one that waits for work: only what it does not answer tells.
 */
@SuppressWarnings("try") // clients are there to be counted
class FrozenIT {
  private static final int CLIENTS = 4;

  /** A silence is one only to whom has seen that clients are answered. */
  private static void awaitTraffic(JudgedServer judged) throws Exception {
    Await.until(
        "clients are answered", () -> judged.now().verdict().evidence().contains("were answered"));
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldSayThatNothingIsAnswered(ServerKind kind) throws Exception {
    try (JudgedServer judged = JudgedServer.probed(kind, Map.of());
        Shoppers shoppers = Shoppers.start(judged.server(), CLIENTS)) {
      judged.shouldBecomeWell();
      awaitTraffic(judged);
      try (FrozenServer frozen = FrozenServer.freeze(judged.server())) {
        judged.begin();
        assertThat(judged.shouldBecome(Reason.STUCK).verdict().evidence())
            .contains("has no answer for", CLIENTS + " commands wait")
            .doesNotContain("stopped");
      }
      judged.begin();
      judged.shouldBecomeWell();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldSayItWithoutProbes(ServerKind kind) throws Exception {
    try (JudgedServer judged = JudgedServer.unprobed(kind, Map.of());
        Shoppers shoppers = Shoppers.start(judged.server(), CLIENTS)) {
      judged.shouldBecomeWell();
      awaitTraffic(judged);
      try (FrozenServer frozen = FrozenServer.freeze(judged.server())) {
        judged.begin();
        assertThat(judged.shouldBecome(Reason.STUCK).verdict().evidence())
            .contains(CLIENTS + " commands wait", "a second were answered before");
      }
      judged.begin();
      judged.shouldBecomeWell();
    }
  }
}
