package io.mysqlwire.exporter.health.traffic;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.ErrorCount;
import io.mysqlwire.bpf.FsyncCounters;
import io.mysqlwire.bpf.FsyncInFlight;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.bpf.WireSnapshot;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Counters of one server, summed over its clients, at one moment. The probes' own are left out. */
@SuppressWarnings("EnumOrdinal") // the index of a type in what the maps hold
final class Sums {
  /** Also said to whom nobody asked. */
  private static final int DISCONNECT = ResponseType.DISCONNECT.ordinal();

  private static final int AUTH_OK = ResponseType.AUTH_OK.ordinal();

  long answered;
  long logins;
  long waiting;
  double oldestSeconds;
  long connections;
  long writes;

  /** The fsync that has not returned for the longest time. */
  Optional<FsyncInFlight> fsync = Optional.empty();

  final Map<Meaning, Long> errors = new EnumMap<>(Meaning.class);

  /** Clients that got such errors, with how many. */
  final Map<Meaning, Map<String, Long>> victims = new EnumMap<>(Meaning.class);

  /** Fsyncs by {@link WireSnapshot#latencyBound}; all 0 with the cgroup tap. */
  final long[] fsyncs = new long[WireSnapshot.LATENCY_BUCKETS];

  private Sums() {}

  /**
   * Those of each server that was seen.
   *
   * @param server by a label of the snapshot; null for one that is nobody's
   * @param probeUsers accounts of the probes
   * @param waits whether a call is under way and has taken too long
   */
  static <S> Map<S, Sums> of(
      WireSnapshot snapshot,
      Function<String, @Nullable S> server,
      Collection<String> probeUsers,
      Predicate<FsyncInFlight> waits) {
    Set<String> own = new HashSet<>(probeUsers);
    Map<S, Sums> all = new HashMap<>();
    for (BackendCounters counters : snapshot.backends()) {
      S key = server.apply(counters.backend().server());
      if (key != null && !own.contains(counters.backend().user())) {
        all.computeIfAbsent(key, unused -> new Sums()).add(counters);
      }
    }
    for (ErrorCount error : snapshot.errors()) {
      S key = server.apply(error.backend().server());
      if (key != null && !own.contains(error.backend().user())) {
        all.computeIfAbsent(key, unused -> new Sums()).add(error);
      }
    }
    for (FsyncInFlight call : snapshot.fsyncsInFlight()) {
      S key = server.apply(call.server());
      if (key != null && waits.test(call)) {
        all.computeIfAbsent(key, unused -> new Sums()).add(call);
      }
    }
    for (FsyncCounters counters : snapshot.fsyncs()) {
      S key = server.apply(counters.server());
      if (key != null) {
        all.computeIfAbsent(key, unused -> new Sums()).add(counters);
      }
    }
    return all;
  }

  private void add(BackendCounters counters) {
    answered += LongStream.of(counters.responses()).sum() - counters.responses()[DISCONNECT];
    logins += counters.responses()[AUTH_OK];
    waiting += counters.commandsInFlight();
    oldestSeconds = Math.max(oldestSeconds, counters.oldestCommandSeconds());
    connections += counters.connections();
    writes += counters.writes();
  }

  private void add(ErrorCount error) {
    Meaning.of(error)
        .ifPresent(
            meaning -> {
              errors.merge(meaning, error.count(), Long::sum);
              victims
                  .computeIfAbsent(meaning, unused -> new HashMap<>())
                  .merge(error.backend().backend(), error.count(), Long::sum);
            });
    if (error.type() == ResponseType.ERR) {
      answered += error.count();
    }
  }

  private void add(FsyncInFlight call) {
    fsync =
        fsync.filter(longest -> longest.seconds() >= call.seconds()).or(() -> Optional.of(call));
  }

  private void add(FsyncCounters counters) {
    for (int i = 0; i < fsyncs.length; i++) {
      fsyncs[i] += counters.latencyBuckets()[i];
    }
  }

  long errors(Meaning meaning) {
    return errors.getOrDefault(meaning, 0L);
  }
}
