package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.Backend;
import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.ErrorCount;
import io.mysqlwire.bpf.WireSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A filter that leaves out backends which have had no connection and no response for a while. The
 * kernel goes on to keep their counters, so that those of a backend that comes back go on where
 * they were. What is counted for a server or for the host stays whole.
 */
public final class IdleBackends implements Supplier<WireSnapshot> {
  private final Supplier<WireSnapshot> snapshots;
  private final long timeoutNanos;
  private final LongSupplier nanoClock;
  private final Map<Backend, Activity> activities = new HashMap<>();
  private long reading;

  /** The latest that is known of a backend; kept from reading to reading. */
  private static final class Activity {
    private long events;
    private long at;
    private long reading;
  }

  private IdleBackends(Supplier<WireSnapshot> snapshots, Duration timeout, LongSupplier nanoClock) {
    this.snapshots = snapshots;
    this.timeoutNanos = timeout.toNanos();
    this.nanoClock = nanoClock;
  }

  /**
   * Readings of {@code snapshots} without idle backends. All that the first one has count as just
   * seen.
   *
   * @param timeout zero for never
   * @param nanoClock {@link System#nanoTime} but in tests
   */
  public static Supplier<WireSnapshot> leaveOut(
      Supplier<WireSnapshot> snapshots, Duration timeout, LongSupplier nanoClock) {
    return timeout.isZero() ? snapshots : new IdleBackends(snapshots, timeout, nanoClock);
  }

  @Override
  public synchronized WireSnapshot get() {
    WireSnapshot snapshot = snapshots.get();
    long now = nanoClock.getAsLong();
    reading++;
    Set<Backend> idle = new HashSet<>();
    for (BackendCounters counters : snapshot.backends()) {
      if (isIdle(counters, now)) {
        idle.add(counters.backend());
      }
    }
    if (activities.size() > snapshot.backends().size()) {
      activities.values().removeIf(activity -> activity.reading != reading);
    }
    return idle.isEmpty() ? snapshot : without(idle, snapshot);
  }

  private boolean isIdle(BackendCounters counters, long now) {
    Activity activity = activities.computeIfAbsent(counters.backend(), unused -> new Activity());
    long events = events(counters);
    boolean isNew = activity.reading == 0;
    if (isNew || events != activity.events || isBusy(counters)) {
      activity.events = events;
      activity.at = now;
    }
    activity.reading = reading;
    return now - activity.at >= timeoutNanos;
  }

  /**
   * All these only ever grow, so that their sum is another one after anything has happened. Errors
   * are among the bytes.
   */
  private static long events(BackendCounters counters) {
    long events = counters.bytes() + counters.connectionsOpened();
    for (long count : counters.commands()) {
      events += count;
    }
    for (long count : counters.responses()) {
      events += count;
    }
    return events;
  }

  /** {@code other} stands for many, and for what the kernel's maps had no room for. */
  private static boolean isBusy(BackendCounters counters) {
    return counters.connections() > 0
        || counters.commandsInFlight() > 0
        || counters.backend().backend().equals("other");
  }

  private static WireSnapshot without(Set<Backend> idle, WireSnapshot all) {
    List<BackendCounters> backends = new ArrayList<>(all.backends());
    backends.removeIf(counters -> idle.contains(counters.backend()));
    List<ErrorCount> errors = new ArrayList<>(all.errors());
    errors.removeIf(error -> idle.contains(error.backend()));
    return new WireSnapshot(
        backends,
        errors,
        all.lost(),
        all.opaque(),
        all.fsyncs(),
        all.fsyncsInFlight(),
        all.maps(),
        all.programs());
  }
}
