package io.mysqlwire.exporter.status;

import io.mysqlwire.bpf.WireSnapshot;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A reader whose counters and whose clock a test moves. */
public final class Readings {
  private static final long SECOND = 1_000_000_000L;

  private final StatusReader reader;
  private WireSnapshot snapshot = new Reading().snapshot();
  private long now = -3 * SECOND; // the clock may start anywhere

  public Readings() {
    this(Map.of());
  }

  public Readings(Map<String, String> names) {
    Function<String, Optional<String>> find = address -> Optional.ofNullable(names.get(address));
    reader = new StatusReader(() -> snapshot, () -> now, find);
  }

  public StatusReader reader() {
    return reader;
  }

  /** Lets time pass. */
  public Readings after(double seconds) {
    now += (long) (seconds * SECOND);
    return this;
  }

  public Optional<Status> read(Reading reading) {
    snapshot = reading.snapshot();
    return reader.read();
  }

  /** The second of two readings, ten seconds apart. */
  public Status between(Reading before, Reading then) {
    read(before);
    return after(10).read(then).orElseThrow();
  }
}
