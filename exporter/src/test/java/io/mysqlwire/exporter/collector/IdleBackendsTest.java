package io.mysqlwire.exporter.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.Backend;
import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.Command;
import io.mysqlwire.bpf.ErrorCount;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.bpf.WireSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class IdleBackendsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Backend SHOP = new Backend("10.0.0.7:3306", "10.0.1.4", "shop");
  private static final Backend OFFICE = new Backend("10.0.0.7:3306", "10.0.1.4", "office");
  private static final Backend OTHER = new Backend("10.0.0.7:3306", "other", "");

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow
  private final List<BackendCounters> counted = new ArrayList<>();
  private final List<ErrorCount> errors = new ArrayList<>();
  private final Supplier<WireSnapshot> kernel = this::snapshot;
  private final Supplier<WireSnapshot> shown = IdleBackends.leaveOut(kernel, HOUR, clock::get);

  @Test
  void shouldLeaveOutWhoeverWasIdleForSoLong() {
    set(SHOP, 1009, 0);
    assertThat(shownBackends()).containsExactly(SHOP);
    pass(HOUR.minusNanos(1));
    assertThat(shownBackends()).containsExactly(SHOP);
    pass(Duration.ofNanos(1));
    assertThat(shownBackends()).isEmpty();
  }

  @Test
  void shouldGoOnCountingWhereItWas() {
    set(SHOP, 1009, 0);
    shownBackends();
    pass(HOUR);
    assertThat(shownBackends()).isEmpty();
    set(SHOP, 1013, 1);
    assertThat(shown.get().backends()).extracting(BackendCounters::bytes).containsExactly(1013L);
    set(SHOP, 1013, 0);
    pass(HOUR.minusNanos(1));
    assertThat(shownBackends()).containsExactly(SHOP);
    pass(Duration.ofNanos(1));
    assertThat(shownBackends()).isEmpty();
  }

  @Test
  void shouldKeepWhoeverHasAConnection() {
    set(SHOP, 1009, 1);
    shownBackends();
    pass(HOUR.multipliedBy(24));
    assertThat(shownBackends()).containsExactly(SHOP);
  }

  @Test
  void shouldSeeThatSomethingHappenedBetweenTwoReadings() {
    set(SHOP, 1009, 0);
    shownBackends();
    pass(HOUR.multipliedBy(2));
    set(SHOP, 1010, 0);
    assertThat(shownBackends()).containsExactly(SHOP);
  }

  @Test
  void shouldTellAccountsOfOneAddressApart() {
    set(SHOP, 1009, 0);
    set(OFFICE, 13, 1);
    shownBackends();
    pass(HOUR);
    assertThat(shownBackends()).containsExactly(OFFICE);
  }

  @Test
  void shouldAlwaysShowOther() {
    set(OTHER, 1009, 0);
    shownBackends();
    pass(HOUR);
    assertThat(shownBackends()).containsExactly(OTHER);
  }

  @Test
  void shouldLeaveOutTheirErrorsAndNothingElse() {
    WireSnapshot sample = Snapshots.sample();
    counted.addAll(sample.backends().stream().map(IdleBackendsTest::closed).toList());
    errors.addAll(sample.errors());
    assertThat(shownBackends()).hasSize(2);
    pass(HOUR);
    set(SHOP, 1, 1);
    errors.add(new ErrorCount(SHOP, ResponseType.ERR, 1213, 2));
    WireSnapshot rest = shown.get();
    assertThat(rest.backends()).extracting(BackendCounters::backend).containsExactly(SHOP);
    assertThat(rest.errors())
        .isNotEmpty()
        .allSatisfy(error -> assertThat(error.backend()).isEqualTo(SHOP));
    assertThat(rest)
        .usingRecursiveComparison()
        .ignoringFields("backends", "errors")
        .isEqualTo(snapshot());
  }

  @Test
  void shouldHandOnTheSnapshotItselfWhenNobodyIsIdle() {
    WireSnapshot snapshot = Snapshots.sample();
    assertThat(IdleBackends.leaveOut(() -> snapshot, HOUR, clock::get).get()).isSameAs(snapshot);
  }

  @Test
  void shouldNeverLeaveOutAnyoneWhenTheTimeIsZero() {
    assertThat(IdleBackends.leaveOut(kernel, Duration.ZERO, clock::get)).isSameAs(kernel);
  }

  @Test
  void shouldForgetBackendsThatTheKernelNoLongerHas() {
    set(SHOP, 1009, 0);
    shownBackends();
    counted.clear();
    set(OFFICE, 1, 0);
    shownBackends();
    pass(HOUR);
    set(SHOP, 1009, 0);
    assertThat(shownBackends()).as("new again, so just seen").containsExactly(SHOP);
  }

  private List<Backend> shownBackends() {
    return shown.get().backends().stream().map(BackendCounters::backend).toList();
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private void set(Backend backend, long bytes, long connections) {
    counted.removeIf(counters -> counters.backend().equals(backend));
    counted.add(counters(backend, bytes, connections));
  }

  private static BackendCounters closed(BackendCounters counters) {
    return counters(counters.backend(), counters.bytes(), 0);
  }

  private static BackendCounters counters(Backend backend, long bytes, long connections) {
    return new BackendCounters(
        backend,
        new long[ResponseType.values().length],
        new long[Command.values().length],
        bytes,
        0,
        0,
        1,
        new long[WireSnapshot.LATENCY_BUCKETS],
        0,
        0,
        connections,
        0,
        0);
  }

  private WireSnapshot snapshot() {
    WireSnapshot rest = Snapshots.sample();
    return new WireSnapshot(
        List.copyOf(counted),
        List.copyOf(errors),
        rest.lost(),
        rest.opaque(),
        rest.fsyncs(),
        rest.fsyncsInFlight(),
        rest.maps(),
        rest.programs());
  }
}
