package io.mysqlwire.bpf;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the counters of backends. Not thread-safe. */
final class CounterReader {
  private final ReadableMap counters;
  private LongBuffer words; // of what was read last

  CounterReader(long handle) {
    counters = new ReadableMap(handle, "backend_counters", Long.BYTES, MapLayout.COUNTERS.get(), 0);
    words = counters.elements().asLongBuffer();
  }

  /** Counters of these backends with their gauges; adds what can't be read to {@code opaque}. */
  List<BackendCounters> read(Map<Integer, Backend> backends, Gauges open, OpaqueSums opaque) {
    int limit = 1 + backends.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    counters.require(limit);
    words = counters.elements().asLongBuffer();
    int n = counters.read(limit);
    List<BackendCounters> counted = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int id = counters.elements().getInt(counters.key(i));
      Backend backend = backends.get(id);
      if (backend == null) {
        continue;
      }
      Gauges.Gauge gauge = open.of(id);
      BackendCounters one = counters(backend, counters.value(i), gauge);
      if (id == 0 && one.connectionsOpened() == 0) {
        continue;
      }
      counted.add(one);
      opaque.add(backend.server(), gauge, unclassified(counters.value(i)));
    }
    return counted;
  }

  private BackendCounters counters(Backend backend, int at, Gauges.Gauge gauge) {
    return new BackendCounters(
        backend,
        longs(at + MapLayout.COUNTERS_RESPONSES.get(), MapLayout.RESPONSE_TYPES.get()),
        longs(at + MapLayout.COUNTERS_COMMANDS.get(), MapLayout.COMMAND_CLASSES.get()),
        number(at + MapLayout.COUNTERS_BYTES.get()),
        number(at + MapLayout.COUNTERS_ROWS.get()),
        number(at + MapLayout.COUNTERS_WRITES.get()),
        number(at + MapLayout.COUNTERS_OPENED.get()),
        longs(at + MapLayout.COUNTERS_LATENCY.get(), MapLayout.LATENCY_BUCKETS.get()),
        number(at + MapLayout.COUNTERS_LATENCY_NS.get()) / 1e9,
        number(at + MapLayout.COUNTERS_COMMAND_NS.get()) / 1e9,
        gauge.connections(),
        gauge.commands(),
        gauge.oldest() / 1e9);
  }

  private long[] unclassified(int at) {
    return longs(at + MapLayout.COUNTERS_UNCLASSIFIED.get(), MapLayout.OPAQUE_REASONS.get());
  }

  private long number(int at) {
    return counters.elements().getLong(at);
  }

  private long[] longs(int at, int n) {
    long[] values = new long[n];
    words.get(at / Long.BYTES, values);
    return values;
  }
}
