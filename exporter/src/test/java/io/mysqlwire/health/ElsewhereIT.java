package io.mysqlwire.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.health.Reason;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import io.mysqlwire.load.StoppedServer;
import io.mysqlwire.testing.ServerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server of another host, of which only its probes know. */
class ElsewhereIT {
  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldJudgeByProbesAlone(ServerKind kind) throws Exception {
    try (JudgedServer judged = JudgedServer.elsewhere(kind)) {
      judged.shouldBecomeWell();
      StoppedServer.during(
          judged.server(),
          () -> {
            judged.begin();
            assertThat(judged.shouldBecome(Reason.STUCK).verdict().evidence())
                .contains("has no answer for");
            judged.begin();
          });
      judged.shouldBecomeWell();
      judged.server().kill();
      judged.begin();
      judged.shouldBecome(Reason.DOWN);
      assertThat(judged.check(ProbeKind.CONNECT).message()).contains("refused");
      judged.server().startAgain();
      judged.begin();
      judged.shouldBecomeWell();
    }
  }
}
