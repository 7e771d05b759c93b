package io.mysqlwire.exporter.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.health.DecisionTable.Line;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VerdictHistoryTest {
  private static final long SECOND = 1_000_000_000L;
  private final Instant start = Instant.parse("2026-03-01T12:00:00Z");
  private final VerdictHistory history = new VerdictHistory(start);

  /** What is held after the table has said so at that second. */
  private Reason say(Reason reason, int heldFor, double second) {
    Line line = new Line(reason, Duration.ofSeconds(heldFor), facts -> true, facts -> "");
    long nanos = (long) (second * SECOND);
    return history.offer(line, "at " + second, nanos, start.plusNanos(nanos)).reason();
  }

  @Test
  void shouldBelieveAtOnceThatAServerWorks() {
    assertThat(say(Reason.OK, 1, 0.5)).isEqualTo(Reason.OK);
  }

  @Test
  void shouldWaitUntilAFaultHasHeld() {
    say(Reason.OK, 1, 0);
    assertThat(say(Reason.STUCK, 1, 1)).isEqualTo(Reason.OK);
    assertThat(say(Reason.STUCK, 1, 1.5)).isEqualTo(Reason.OK);
    assertThat(say(Reason.STUCK, 1, 2)).isEqualTo(Reason.STUCK);
    assertThat(history.changes().get(0).since()).isEqualTo(start.plusSeconds(2));
  }

  @Test
  void shouldForgetADoubt() {
    say(Reason.OK, 1, 0);
    say(Reason.STUCK, 1, 1);
    say(Reason.OK, 1, 1.5);
    assertThat(say(Reason.STUCK, 1, 2)).isEqualTo(Reason.OK);
    assertThat(say(Reason.STUCK, 1, 3)).isEqualTo(Reason.STUCK);
  }

  /** A server that is killed is stuck for a probe first, then refuses, then is down. */
  @Test
  void shouldTakeOneFaultThatShowsInTwoWaysForOne() {
    say(Reason.OK, 1, 0);
    say(Reason.REFUSING, 1, 1);
    assertThat(say(Reason.STUCK, 1, 2)).isEqualTo(Reason.STUCK);
  }

  @Test
  void shouldNotFlapBackForAMoment() {
    say(Reason.OK, 1, 0);
    say(Reason.STUCK, 0, 1);
    assertThat(say(Reason.OK, 1, 2)).isEqualTo(Reason.STUCK);
    assertThat(say(Reason.STUCK, 0, 2.5)).isEqualTo(Reason.STUCK);
    assertThat(say(Reason.OK, 1, 3)).isEqualTo(Reason.STUCK);
    assertThat(say(Reason.OK, 1, 4)).isEqualTo(Reason.OK);
  }

  @Test
  void shouldKeepTheLastTenChanges() {
    for (int i = 0; i < 20; i++) {
      say(i % 2 == 0 ? Reason.READ_ONLY : Reason.SLOW_DISK, 0, i);
    }
    assertThat(history.changes()).hasSize(10);
    assertThat(history.changes().get(0).evidence()).isEqualTo("at 19.0");
  }
}
