package io.mysqlwire.exporter.status;

import io.mysqlwire.bpf.Backend;
import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.Command;
import io.mysqlwire.bpf.ErrorCount;
import io.mysqlwire.bpf.LostReason;
import io.mysqlwire.bpf.MapFill;
import io.mysqlwire.bpf.OpaqueCount;
import io.mysqlwire.bpf.OpaqueReason;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.bpf.WireSnapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A snapshot that a test writes down line by line. */
public final class Reading {
  public static final String SERVER = "10.0.0.7:3306";

  private final List<BackendCounters> backends = new ArrayList<>();
  private final List<ErrorCount> errors = new ArrayList<>();
  private final Map<LostReason, Long> lost = new EnumMap<>(LostReason.class);
  private final List<OpaqueCount> opaque = new ArrayList<>();
  private final List<MapFill> maps = new ArrayList<>();

  public static Backend backend(String address, String user) {
    return new Backend(SERVER, address, user);
  }

  /** One that got {@code responses} and waits for nothing. */
  public Reading with(Backend backend, long responses) {
    return with(backend, responses, new long[WireSnapshot.LATENCY_BUCKETS], 0);
  }

  public Reading with(Backend backend, long responses, long[] latencies, double oldestSeconds) {
    long[] byType = new long[ResponseType.values().length];
    byType[0] = responses;
    backends.add(
        new BackendCounters(
            backend,
            byType,
            new long[Command.values().length],
            0,
            0,
            0,
            1,
            latencies,
            0,
            0,
            2,
            oldestSeconds > 0 ? 1 : 0,
            oldestSeconds));
    return this;
  }

  public Reading with(Backend backend, ResponseType type, int code, long count) {
    errors.add(new ErrorCount(backend, type, code, count));
    return this;
  }

  public Reading with(LostReason reason, long count) {
    lost.put(reason, count);
    return this;
  }

  public Reading with(OpaqueReason reason, long connections, long unclassified) {
    opaque.add(new OpaqueCount(SERVER, reason, connections, unclassified));
    return this;
  }

  public Reading with(MapFill map) {
    maps.add(map);
    return this;
  }

  public WireSnapshot snapshot() {
    return new WireSnapshot(backends, errors, lost, opaque, List.of(), List.of(), maps, List.of());
  }
}
