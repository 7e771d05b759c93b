package io.mysqlwire.exporter.health.traffic;

import io.mysqlwire.bpf.FsyncInFlight;
import io.mysqlwire.bpf.WireSnapshot;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The traffic of every server. Not thread-safe.
 *
 * @param <S> what stands for a server
 */
public final class TrafficReadings<S> {
  private final double slowFsyncSeconds;
  private final Predicate<FsyncInFlight> waits;
  private final Map<S, TrafficHistory> histories = new HashMap<>();

  /**
   * With fsyncs that take longer than that for slow ones.
   *
   * @param waits whether the thread of a call waits for the disk now
   */
  public TrafficReadings(double slowFsyncSeconds, Predicate<FsyncInFlight> waits) {
    this.slowFsyncSeconds = slowFsyncSeconds;
    this.waits = call -> call.seconds() > slowFsyncSeconds && waits.test(call);
  }

  /**
   * Takes a reading.
   *
   * @param server by a label of the snapshot; null for one that is nobody's
   * @param probeUsers accounts whose commands are the probes'
   */
  public void offer(
      long now,
      WireSnapshot snapshot,
      Function<String, @Nullable S> server,
      Collection<String> probeUsers) {
    Sums.of(snapshot, server, probeUsers, waits)
        .forEach(
            (key, sums) ->
                histories
                    .computeIfAbsent(key, unused -> new TrafficHistory(slowFsyncSeconds))
                    .offer(now, sums));
  }

  /** That of one server. */
  public Traffic of(S server, long now) {
    TrafficHistory history = histories.get(server);
    return history == null ? Traffic.NONE : history.at(now);
  }

  /** Forgets a server. */
  public void forget(S server) {
    histories.remove(server);
  }
}
