package io.mysqlwire.exporter.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.LostReason;
import io.mysqlwire.bpf.MapFill;
import io.mysqlwire.bpf.OpaqueReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WarningsTest {
  @Test
  void shouldBeSilentWhenAllIsWell() {
    Reading well =
        new Reading()
            .with(Reading.backend("10.0.1.4", "shop"), 10)
            .with(LostReason.RESPONSE_GAP, 0)
            .with(OpaqueReason.TLS, 0, 0)
            .with(new MapFill("errors", 79, 100));
    assertThat(warnings(well, well)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void shouldSayOfEachLossWhetherItGoesOn(LostReason reason) {
    Reading then = new Reading().with(reason, 1_003);
    Warning growing = warnings(new Reading().with(reason, 1_000), then).get(0);
    assertThat(growing.isNow()).isTrue();
    assertThat(growing.what()).startsWith("1,003 × ").endsWith(", 3 in the last 10 s");
    assertThat(growing.remedy()).endsWith(".");
    Warning over = warnings(then, then).get(0);
    assertThat(over.isNow()).isFalse();
    assertThat(over.what()).endsWith(", none in the last 10 s");
  }

  @Test
  void shouldSayHowManyConnectionsHideTheirAnswers() {
    List<Warning> warnings =
        warnings(
            new Reading().with(OpaqueReason.TLS, 1, 30),
            new Reading().with(OpaqueReason.TLS, 2, 37));
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0).isNow()).isTrue();
    assertThat(warnings.get(0).what())
        .isEqualTo(
            "Connections to 10.0.0.7:3306 with TLS can't be read: 2 are open;"
                + " 37 responses were not read, 7 in the last 10 s");
  }

  @Test
  void shouldTakeReplicationAndJoinedConnectionsForNormal() {
    Reading reading =
        new Reading().with(OpaqueReason.REPLICATION, 1, 0).with(OpaqueReason.DESYNCED, 4, 9);
    assertThat(warnings(reading, reading)).hasSize(2).noneMatch(Warning::isNow);
    Reading more = new Reading().with(OpaqueReason.DESYNCED, 4, 10);
    assertThat(warnings(reading, more)).hasSize(1).allMatch(Warning::isNow);
  }

  @Test
  void shouldWarnBeforeAMapIsFull() {
    Reading reading = new Reading().with(new MapFill("backend_ids", 3_300, 4_096));
    assertThat(warnings(reading, reading))
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.what())
                  .isEqualTo("The kernel's map \"backend_ids\" is 80 % full (3,300 of 4,096)");
              assertThat(warning.remedy()).contains("--backend.max");
            });
  }

  @Test
  void shouldSayThatBackendsCountAsOtherOnlyOnce() {
    Reading other = new Reading().with(Reading.backend("other", ""), 10);
    assertThat(warnings(other, other)).singleElement().matches(w -> w.what().contains("\"other\""));
    other.with(LostReason.BACKENDS_FULL, 3);
    assertThat(warnings(other, other))
        .singleElement()
        .matches(w -> w.what().startsWith("3 × no room"));
  }

  @Test
  void shouldPutFirstWhatGoesOn() {
    Reading before = new Reading().with(LostReason.MEMORY, 1).with(LostReason.MALFORMED, 1);
    Reading then = new Reading().with(LostReason.MEMORY, 1).with(LostReason.MALFORMED, 2);
    assertThat(warnings(before, then)).extracting(Warning::isNow).containsExactly(true, false);
  }

  private static List<Warning> warnings(Reading before, Reading then) {
    return new Readings().between(before, then).warnings();
  }
}
