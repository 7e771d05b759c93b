package io.mysqlwire.exporter.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.exporter.collector.ExpositionText;
import io.mysqlwire.exporter.collector.Snapshots;
import io.mysqlwire.exporter.collector.WireCollector;
import io.mysqlwire.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DnsNamesTest {
  private static final BackendLabels ADDRESSES = new BackendLabels(32, 128);
  private static final Duration MOMENT = Duration.ofNanos(1);

  private final AtomicLong clock = new AtomicLong();
  private final Map<String, String> dns = new HashMap<>(Map.of("10.0.1.4", "checkout-1"));
  private final List<String> asked = new ArrayList<>();
  private final Queue<Runnable> waiting = new ArrayDeque<>();

  @Test
  void shouldKnowANameAtALaterScrape() {
    BackendNames names = open(ADDRESSES, waiting::add);
    assertThat(names.of("10.0.1.4")).isEmpty();
    assertThat(names.of("10.0.1.4")).isEmpty();
    answer();
    assertThat(names.of("10.0.1.4")).contains("checkout-1");
    assertThat(asked).containsExactly("10.0.1.4");
  }

  @Test
  void shouldShowTheNameBeforeWhileItLooksAgain() {
    BackendNames names = known();
    dns.put("10.0.1.4", "checkout-2");
    pass(DnsNames.REFRESH.plus(MOMENT));
    assertThat(names.of("10.0.1.4")).contains("checkout-1");
    answer();
    assertThat(names.of("10.0.1.4")).contains("checkout-2");
  }

  @Test
  void shouldTryAddressesWithoutANameAgainSoon() {
    BackendNames names = open(ADDRESSES, waiting::add);
    names.of("10.0.1.5");
    answer();
    pass(DnsNames.RETRY.minus(MOMENT));
    assertThat(names.of("10.0.1.5")).isEmpty();
    assertThat(waiting).isEmpty();
    dns.put("10.0.1.5", "checkout-5");
    pass(MOMENT);
    names.of("10.0.1.5");
    answer();
    assertThat(names.of("10.0.1.5")).contains("checkout-5");
  }

  @Test
  void shouldKeepANameForAWhileWhenLookupsFail() {
    BackendNames names = known();
    dns.clear();
    for (int i = 0; i < DnsNames.KEEP.dividedBy(DnsNames.REFRESH) - 1; i++) {
      pass(DnsNames.REFRESH.plus(MOMENT));
      assertThat(names.of("10.0.1.4")).contains("checkout-1");
      answer();
      assertThat(names.of("10.0.1.4")).contains("checkout-1");
    }
    pass(DnsNames.REFRESH);
    names.of("10.0.1.4");
    answer();
    assertThat(names.of("10.0.1.4")).isEmpty();
  }

  @Test
  void shouldForgetBackendsThatNobodyAsksFor() {
    BackendNames names = known();
    pass(DnsNames.KEEP);
    assertThat(names.of("10.0.1.4")).isEmpty();
  }

  @Test
  void shouldSurviveAResolverThatThrows() {
    BackendNames names =
        new DnsNames(
            ADDRESSES,
            8,
            address -> {
              throw new IllegalStateException(address.toString());
            },
            Runnable::run,
            clock::get);
    assertThat(names.of("10.0.1.4")).isEmpty();
  }

  @Test
  void shouldAskForAddressesOnly() {
    BackendNames networks = open(new BackendLabels(24, 64), waiting::add);
    assertThat(networks.of("10.0.1.0")).isEmpty();
    assertThat(networks.of("2001:db8::")).isEmpty();
    BackendNames names = open(ADDRESSES, waiting::add);
    assertThat(names.of("other")).isEmpty();
    assertThat(waiting).isEmpty();
  }

  @Test
  void shouldAskAgainWhenThereWasNoRoom() {
    Executor full =
        lookup -> {
          throw new RejectedExecutionException();
        };
    Executor[] room = {full};
    BackendNames names = open(ADDRESSES, lookup -> room[0].execute(lookup));
    assertThat(names.of("10.0.1.4")).isEmpty();
    room[0] = Runnable::run;
    names.of("10.0.1.4");
    assertThat(names.of("10.0.1.4")).contains("checkout-1");
    room[0] = full;
    pass(DnsNames.REFRESH.plus(MOMENT));
    assertThat(names.of("10.0.1.4")).as("a refresh without room").contains("checkout-1");
  }

  @Test
  @Timeout(120)
  void shouldNotWaitForAResolverThatHangs() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    BackendNames names =
        new DnsNames(
            ADDRESSES,
            256,
            address -> {
              awaitUninterrupted(held);
              return Optional.of("late");
            },
            LookupThreads.open(10),
            clock::get);
    WireCollector collector =
        new WireCollector(
            () -> Snapshots.of(256),
            () -> Snapshots.loaded(TapChoice.CGROUP),
            System::nanoTime,
            names);
    assertThat(shown(collector)).as("while the resolver hangs").isZero();
    held.countDown();
    Await.until("all names once it answers", () -> shown(collector) == 256);
  }

  private static long shown(WireCollector collector) throws IOException {
    return ExpositionText.of(collector)
        .lines()
        .filter(line -> line.startsWith("mysql_wire_backend_info{"))
        .count();
  }

  @Test
  @Timeout(120)
  void shouldLookUpForReal() throws Exception {
    BackendNames names = NameSource.DNS.open(32, 128, 8);
    Await.until("the name of 127.0.0.1", () -> names.of("127.0.0.1").isPresent());
    assertThat(names.of("127.0.0.1")).contains("localhost");
  }

  private BackendNames known() {
    BackendNames names = open(ADDRESSES, waiting::add);
    names.of("10.0.1.4");
    answer();
    return names;
  }

  private BackendNames open(BackendLabels labels, Executor lookups) {
    return new DnsNames(labels, 8, this::resolve, lookups, clock::get);
  }

  private Optional<String> resolve(InetAddress address) {
    asked.add(address.getHostAddress());
    return Optional.ofNullable(dns.get(address.getHostAddress()));
  }

  private void answer() {
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
