package io.mysqlwire.bpf;

import java.nio.ByteBuffer;

/** Reads what is open and in flight. Not thread-safe. */
final class GaugeReader {
  private static final String MAP = "gauges";

  private final ReadableMap gauges;
  private final ReadableMap used;

  GaugeReader(long handle) {
    gauges = ReadableMap.whole(handle, MAP, Long.BYTES, MapLayout.GAUGE.padded());
    used = new ReadableMap(handle, "gauges_used", Long.BYTES, Long.BYTES, 1);
  }

  /** Reads at {@code now}, nanoseconds of CLOCK_MONOTONIC. */
  Gauges read(long now) {
    Gauges open = new Gauges();
    used.read();
    // A connection that takes a higher one just now is for the next snapshot.
    int peak = used.elements().getInt(used.value(0) + MapLayout.GAUGES_USED_PEAK.get());
    int n = gauges.read(peak);
    for (int i = 0; i < n; i++) {
      add(open, gauges.value(i), now);
    }
    return open;
  }

  MapFill fill(Gauges read) {
    return new MapFill(MAP, read.used(), gauges.room());
  }

  private void add(Gauges open, int at, long now) {
    ByteBuffer elements = gauges.elements();
    open.addUsed(elements.getInt(at + MapLayout.GAUGE_USED.get()));
    int backend = elements.getInt(at + MapLayout.GAUGE_BACKEND.get());
    if (backend == 0) {
      return;
    }
    Gauges.Gauge gauge = open.of(backend - 1);
    gauge.addConnection();
    long waiting = elements.getLong(at + MapLayout.GAUGE_WAITING.get());
    int shift = MapLayout.WAITING_COMMANDS_SHIFT.get();
    if (waiting >>> shift != 0) {
      long arrived = (waiting & (1L << shift) - 1) << MapLayout.WAITING_TIME_SHIFT.get();
      gauge.addCommands(waiting >>> shift, now - arrived);
    }
    int opaque = elements.getInt(at + MapLayout.GAUGE_OPAQUE.get());
    if (opaque > 0 && opaque <= MapLayout.OPAQUE_REASONS.get()) {
      gauge.addOpaque(opaque - 1);
    }
  }
}
