package io.mysqlwire.exporter.status;

import static io.mysqlwire.exporter.status.Reading.backend;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mysqlwire.bpf.Backend;
import io.mysqlwire.bpf.ErrorCount;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.bpf.WireSnapshot;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusReaderTest {
  private static final Backend SHOP = backend("10.0.1.4", "shop");
  private static final Backend SEARCH = backend("10.0.1.5", "search");
  private static final Backend REPORTS = backend("10.0.1.6", "reports");

  @Test
  void shouldHaveNothingToSayBeforeASecondHasPassed() {
    Readings readings = new Readings();
    assertThat(readings.read(new Reading().with(SHOP, 100))).isEmpty();
    assertThat(readings.after(0.5).read(new Reading().with(SHOP, 150))).isEmpty();
    Status status = readings.after(0.5).read(new Reading().with(SHOP, 200)).orElseThrow();
    assertThat(status.windowSeconds()).isEqualTo(1.0);
    assertThat(status.responsesPerSecond()).isEqualTo(100.0);
  }

  @Test
  void shouldCountErrorsAmongTheResponses() {
    Status status =
        new Readings()
            .between(
                new Reading().with(SHOP, 50).with(SHOP, ResponseType.ERR, 1213, 7),
                new Reading().with(SHOP, 80).with(SHOP, ResponseType.ERR, 1213, 17));
    assertThat(status.responsesPerSecond()).isEqualTo(4.0);
    assertThat(status.errorsPerSecond()).isEqualTo(1.0);
    ErrorStatus error = status.errors().rows().get(0);
    assertThat(error.error().name()).isEqualTo("ER_LOCK_DEADLOCK");
    assertThat(error.perSecond()).isEqualTo(1.0);
    assertThat(error.total()).isEqualTo(17);
    assertThat(status.backends().rows())
        .extracting(BackendStatus::responsesPerSecond, BackendStatus::errorsPerSecond)
        .containsExactly(tuple(4.0, 1.0));
  }

  /** However many people look and however often: between, nobody moves another one's window. */
  @Test
  void shouldKeepAWindowOfTenSecondsWhoeverLooks() {
    Readings readings = new Readings();
    long counted = 0;
    for (int i = 0; i < 100; i++) {
      counted += 30;
      Optional<Status> status = readings.after(0.3).read(new Reading().with(SHOP, counted));
      if (i > 60) {
        assertThat(status.orElseThrow().windowSeconds()).isBetween(10.0, 16.0);
        assertThat(status.orElseThrow().responsesPerSecond()).isBetween(99.9, 100.1);
      }
    }
  }

  @Test
  void shouldForgetWhatIsOlderThanAMinute() {
    Readings readings = new Readings();
    readings.read(new Reading().with(SHOP, 100));
    assertThat(readings.after(59).read(new Reading().with(SHOP, 690)))
        .hasValueSatisfying(status -> assertThat(status.responsesPerSecond()).isEqualTo(10));
    assertThat(readings.after(61).read(new Reading().with(SHOP, 700))).isEmpty();
    assertThat(readings.after(1).read(new Reading().with(SHOP, 703)))
        .hasValueSatisfying(status -> assertThat(status.responsesPerSecond()).isEqualTo(3));
  }

  @Test
  void shouldCountFromZeroWhatIsNewOrBeganAnew() {
    Status status =
        new Readings()
            .between(
                new Reading().with(SHOP, 5_000_000_000L).with(SEARCH, 1000),
                new Reading().with(SHOP, 5_000_000_010L).with(SEARCH, 20).with(REPORTS, 30));
    assertThat(status.backends().rows())
        .extracting(BackendStatus::backend, BackendStatus::responsesPerSecond)
        .containsExactly(tuple(REPORTS, 3.0), tuple(SEARCH, 2.0), tuple(SHOP, 1.0));
  }

  @Test
  void shouldForgetTheSamplesOfABackendThatIsGone() {
    Readings readings = new Readings();
    readings.read(new Reading().with(SHOP, 1000).with(SEARCH, 10));
    readings.after(6).read(new Reading().with(SEARCH, 10));
    readings.after(6).read(new Reading().with(SHOP, 1200).with(SEARCH, 10));
    Status status = readings.after(1).read(new Reading().with(SHOP, 1200)).orElseThrow();
    assertThat(status.windowSeconds()).isEqualTo(13);
    assertThat(status.responsesPerSecond()).isEqualTo(1200 / 13.0);
  }

  @Test
  void shouldPutErrorsFirstThenWhoWaitsThenTheBusiest() {
    long[] none = new long[WireSnapshot.LATENCY_BUCKETS];
    Backend stuck = backend("10.0.1.7", "stuck");
    Status status =
        new Readings()
            .between(
                new Reading(),
                new Reading()
                    .with(SHOP, 9000, none, 0.01)
                    .with(SEARCH, 9500)
                    .with(stuck, 1, none, 42.0)
                    .with(REPORTS, 3)
                    .with(REPORTS, ResponseType.ERR, 1146, 1));
    assertThat(status.backends().rows())
        .extracting(BackendStatus::backend)
        .containsExactly(REPORTS, stuck, SEARCH, SHOP);
    assertThat(status.oldestSeconds()).isEqualTo(42.0);
    assertThat(status.inFlight()).isEqualTo(2);
    assertThat(status.connections()).isEqualTo(8);
  }

  @Test
  void shouldTakeQuantilesOfTheWindowOnly() {
    long[] before = new long[WireSnapshot.LATENCY_BUCKETS];
    before[20] = 1_000_000;
    long[] then = before.clone();
    then[3] = 10;
    Status status =
        new Readings()
            .between(new Reading().with(SHOP, 0, before, 0), new Reading().with(SHOP, 0, then, 0));
    assertThat(status.latency().quantile(1)).hasValue(128e-6);
    assertThat(status.backends().rows().get(0).latency().quantile(1)).hasValue(128e-6);
  }

  @Test
  void shouldShowABoundedNumberOfRowsAndAskForTheirNamesOnly() {
    Reading reading = new Reading();
    for (int i = 0; i < 4096; i++) {
      Backend backend = backend("10.0." + i / 256 + "." + i % 256, "app");
      reading.with(backend, i).with(backend, ResponseType.ERR, 1062, i);
    }
    Readings readings =
        new Readings(Map.of("10.0.15.255", "web-4095.example.com", "10.0.0.1", "never shown"));
    Status status = readings.between(new Reading(), reading);
    assertThat(status.backends().rows()).hasSize(StatusReader.MOST_ROWS);
    assertThat(status.backends().more()).isEqualTo(4096 - StatusReader.MOST_ROWS);
    assertThat(status.errors().rows()).hasSize(StatusReader.MOST_ROWS);
    assertThat(status.errors().more()).isEqualTo(4095 - StatusReader.MOST_ROWS);
    assertThat(status.backends().rows().get(0).name()).isEqualTo("web-4095.example.com");
    assertThat(status.errors().rows().get(0).name()).isEqualTo("web-4095.example.com");
    assertThat(status.backends().rows().get(1).name()).isEmpty();
  }

  @Test
  void shouldTellCodesWithoutRoomFromCodesWithoutName() {
    Status status =
        new Readings()
            .between(
                new Reading(),
                new Reading()
                    .with(SHOP, 1)
                    .with(SHOP, ResponseType.ERR, ErrorCount.OTHER_CODES, 3)
                    .with(SHOP, ResponseType.ERR, 45_000, 2)
                    .with(SHOP, ResponseType.ERR, 1064, 0));
    assertThat(status.errors().rows()).hasSize(2);
    assertThat(status.errors().rows().get(0).isOtherCodes()).isTrue();
    assertThat(status.errors().rows().get(1).isOtherCodes()).isFalse();
    assertThat(status.errors().rows().get(1).error().name()).isEqualTo("unknown");
  }

  @Test
  void shouldCountAnErrorWhoseBackendCameUpMeanwhile() {
    Status status =
        new Readings()
            .between(new Reading(), new Reading().with(SHOP, ResponseType.AUTH_ERR, 1045, 20));
    assertThat(status.errors().rows().get(0).perSecond()).isEqualTo(2.0);
    assertThat(status.backends().rows()).isEmpty();
  }
}
