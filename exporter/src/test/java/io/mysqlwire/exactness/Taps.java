package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.LostReason;
import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.TapConfig;
import io.mysqlwire.bpf.TapException;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.testing.Tally;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The taps under test, all on one workload: those named by the system property {@code
 * mysqlwire.tap}, e.g. {@code tracing,cgroup}. {@code none} leaves the witness to be compared with
 * drivers and server only, for hosts that allow no tap.
 */
public final class Taps implements AutoCloseable {
  private static final String CHOICE = System.getProperty("mysqlwire.tap", "cgroup");
  private static final long SETTLE_NANOSECONDS = TimeUnit.SECONDS.toNanos(2);
  private static final List<Path> CGROUPS =
      List.of(Path.of("/sys/fs/cgroup/unified"), Path.of("/sys/fs/cgroup"));

  private final List<WireTap> taps = new ArrayList<>();

  static Taps attach(int port) throws TapException {
    Taps taps = new Taps();
    for (String name : CHOICE.split(",", -1)) {
      if (!name.equals("none")) {
        taps.taps.add(WireTap.attach(config(port, name)));
      }
    }
    return taps;
  }

  /** What to watch, with room enough for every backend of a test. */
  public static TapConfig config(int port, String tap) {
    Path cgroup =
        CGROUPS.stream()
            .filter(path -> Files.exists(path.resolve("cgroup.procs")))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no cgroup v2 in " + CGROUPS));
    return new TapConfig(
        List.of(port),
        TapChoice.valueOf(tap.toUpperCase(Locale.ROOT)),
        cgroup,
        32,
        128,
        true,
        512,
        1024,
        4096);
  }

  /** Each tap, once it had time to settle, has counted what the witness saw: difference 0. */
  void shouldHaveCounted(Tally witnessed) throws InterruptedException {
    for (WireTap tap : taps) {
      assertThat(settledDifference(tap, witnessed))
          .as(tap.tap() + ": witness, kernel, difference")
          .isEmpty();
      assertThat(tap.read().lost().keySet()).containsExactlyInAnyOrder(LostReason.values());
    }
  }

  private static String settledDifference(WireTap tap, Tally witnessed)
      throws InterruptedException {
    long deadline = System.nanoTime() + SETTLE_NANOSECONDS;
    String difference;
    do {
      Thread.sleep(20);
      WireSnapshot snapshot = tap.read();
      difference =
          witnessed.difference(KernelCounts.byBackend(snapshot))
              + new Tally().difference(KernelCounts.leftovers(snapshot));
    } while (!difference.isEmpty() && System.nanoTime() < deadline);
    return difference;
  }

  @Override
  public void close() {
    taps.forEach(WireTap::close);
  }
}
