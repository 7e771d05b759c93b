package io.mysqlwire.exporter.status;

import io.mysqlwire.bpf.Backend;
import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.ErrorCount;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.exporter.errors.ErrorTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Makes a {@link Status} of the counters now and of what they were some seconds ago. */
public final class StatusReader {
  /** Rows of each table; the metrics have them all. */
  static final int MOST_ROWS = 25;

  private final Supplier<WireSnapshot> snapshots;
  private final LongSupplier nanoClock;
  private final Function<String, Optional<String>> names;
  private final ErrorTable errorTable = ErrorTable.read();
  private final RecentSamples samples = new RecentSamples();

  /** A reader that knows no names of backends. */
  public StatusReader(Supplier<WireSnapshot> snapshots, LongSupplier nanoClock) {
    this(snapshots, nanoClock, unused -> Optional.empty());
  }

  /**
   * A reader that shows names of backends.
   *
   * @param snapshots asked once for each status
   * @param nanoClock {@link System#nanoTime} but in tests
   * @param names the name of a backend's address, when there is one; must not wait
   */
  public StatusReader(
      Supplier<WireSnapshot> snapshots,
      LongSupplier nanoClock,
      Function<String, Optional<String>> names) {
    this.snapshots = snapshots;
    this.nanoClock = nanoClock;
    this.names = names;
  }

  /**
   * The status now; none when nothing of the last minute is known. Then what is needed has been
   * noted, and there is one a second later.
   */
  public synchronized Optional<Status> read() {
    WireSnapshot snapshot = snapshots.get();
    long now = nanoClock.getAsLong();
    Totals totals = Totals.of(snapshot);
    samples.offer(now, totals);
    return samples
        .baseline(now)
        .map(baseline -> status(snapshot, totals, new Increases(samples, baseline, totals)));
  }

  private Status status(WireSnapshot snapshot, Totals totals, Increases increases) {
    List<BackendStatus> backends = new ArrayList<>(snapshot.backends().size());
    for (BackendCounters counters : snapshot.backends()) {
      backends.add(backend(counters, totals, increases));
    }
    List<ErrorStatus> errors = new ArrayList<>();
    for (ErrorCount error : snapshot.errors()) {
      if (error.count() > 0) {
        errors.add(error(error, increases));
      }
    }
    long[] latencies = new long[WireSnapshot.LATENCY_BUCKETS];
    backends.forEach(backend -> backend.latency().addTo(latencies));
    return new Status(
        increases.seconds(),
        backends.stream().map(line -> line.backend().server()).distinct().sorted().toList(),
        backends.stream().mapToLong(BackendStatus::connections).sum(),
        backends.stream().mapToLong(BackendStatus::inFlight).sum(),
        backends.stream().mapToDouble(BackendStatus::oldestSeconds).max().orElse(0),
        backends.stream().mapToDouble(BackendStatus::responsesPerSecond).sum(),
        backends.stream().mapToDouble(BackendStatus::errorsPerSecond).sum(),
        new Latency(latencies),
        Top.of(
            backends,
            MOST_ROWS,
            BackendStatus.WORST_FIRST,
            line -> line.withName(name(line.backend()))),
        Top.of(
            errors, MOST_ROWS, ErrorStatus.MOST_FIRST, line -> line.withName(name(line.backend()))),
        Warnings.of(snapshot, increases));
  }

  private static BackendStatus backend(
      BackendCounters counters, Totals totals, Increases increases) {
    long[] increase = increases.of(counters.backend());
    return new BackendStatus(
        counters.backend(),
        "",
        counters.connections(),
        counters.commandsInFlight(),
        counters.oldestCommandSeconds(),
        increase[Totals.RESPONSES] / increases.seconds(),
        increase[Totals.ERRORS] / increases.seconds(),
        totals.of(counters.backend())[Totals.RESPONSES],
        new Latency(Arrays.copyOfRange(increase, Totals.LATENCY, increase.length)));
  }

  private ErrorStatus error(ErrorCount error, Increases increases) {
    return new ErrorStatus(
        error.backend(),
        "",
        error.type(),
        errorTable.find(error.code()),
        increases.of(ErrorKey.of(error))[0] / increases.seconds(),
        error.count());
  }

  private String name(Backend backend) {
    return names.apply(backend.backend()).orElse("");
  }
}
