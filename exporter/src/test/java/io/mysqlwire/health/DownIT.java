package io.mysqlwire.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.health.Reason;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that is no more, and one that comes back. */
class DownIT {
  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldSayThatItWasKilledAndThatItIsBack(ServerKind kind) throws Exception {
    try (JudgedServer judged = JudgedServer.probed(kind, Map.of())) {
      judged.shouldBecomeWell();
      judged.server().kill();
      judged.begin();
      assertThat(judged.shouldBecome(Reason.DOWN).verdict().evidence()).contains("ended");
      judged.server().startAgain();
      judged.begin();
      judged.shouldBecomeWell();
    }
  }

  @Test
  void shouldTakeNoOtherServerForIt() throws Exception {
    try (JudgedServer judged = JudgedServer.probed(ServerKind.MARIADB_11_4, Map.of())) {
      judged.shouldBecomeWell();
      judged.server().kill();
      judged.begin();
      judged.shouldBecome(Reason.DOWN);
      try (EmbeddedServer other = EmbeddedServer.start(ServerKind.MARIADB_11_4, Map.of())) {
        judged.shouldStay(Reason.DOWN, 2);
        assertThat(judged.now().changes())
            .as("while another server started on port " + other.port())
            .noneMatch(verdict -> verdict.reason() == Reason.STARTING);
      }
    }
  }

  @Test
  void shouldSayItWithoutProbes() throws Exception {
    try (JudgedServer judged = JudgedServer.unprobed(ServerKind.MARIADB_11_4, Map.of())) {
      judged.shouldBecomeWell();
      judged.server().kill();
      judged.begin();
      judged.shouldBecome(Reason.DOWN);
      judged.server().startAgain();
      judged.begin();
      judged.shouldBecomeWell();
    }
  }
}
