package io.mysqlwire.bpf;

import java.nio.ByteBuffer;
import java.util.function.IntUnaryOperator;

/** Reads what is open and in flight. Not thread-safe. */
final class GaugeReader {
  private static final String MAP = "gauges";
  private static final long NOT_WATCHED = -1;

  private final ReadableMap gauges;
  private final ReadableMap used;

  private final int[] watched;
  private final long[] since;
  private final long serversSince;

  GaugeReader(long handle, TapDescription loaded) {
    watched = loaded.ports().numbers().stream().mapToInt(Integer::intValue).toArray();
    since = loaded.since().stream().mapToLong(Long::longValue).toArray();
    serversSince = loaded.serversSince();
    gauges = ReadableMap.whole(handle, MAP, Long.BYTES, MapLayout.GAUGE.padded());
    used = new ReadableMap(handle, "gauges_used", Long.BYTES, Long.BYTES, 1);
  }

  /**
   * Reads at {@code now}, nanoseconds of CLOCK_MONOTONIC.
   *
   * <p>A connection of a port that is watched no more shows what it was like then, and so does one
   * of a port that was not watched for a while, until its next command. Neither counts.
   *
   * @param ports of the servers of backends, by id, as {@link BackendReader#port}; 0 for id 0,
   *     which stands for several
   */
  Gauges read(long now, IntUnaryOperator ports) {
    Gauges open = new Gauges();
    used.read();
    // A connection that takes a higher one just now is for the next snapshot.
    int peak = used.elements().getInt(used.value(0) + MapLayout.GAUGES_USED_PEAK.get());
    int n = gauges.read(peak);
    for (int i = 0; i < n; i++) {
      add(open, gauges.value(i), now, ports);
    }
    return open;
  }

  MapFill fill(Gauges read) {
    return new MapFill(MAP, read.used(), gauges.room());
  }

  private void add(Gauges open, int at, long now, IntUnaryOperator ports) {
    ByteBuffer elements = gauges.elements();
    open.addUsed(elements.getInt(at + MapLayout.GAUGE_USED.get()));
    int backend = elements.getInt(at + MapLayout.GAUGE_BACKEND.get());
    if (backend == 0) {
      return;
    }
    int id = backend - 1;
    long begin = id == 0 ? 0 : since(ports.applyAsInt(id));
    if (begin == NOT_WATCHED) {
      return;
    }
    Gauges.Gauge gauge = open.of(id);
    gauge.addConnection();
    long waiting = elements.getLong(at + MapLayout.GAUGE_WAITING.get());
    int shift = MapLayout.WAITING_COMMANDS_SHIFT.get();
    if (waiting >>> shift != 0) {
      long arrived = (waiting & (1L << shift) - 1) << MapLayout.WAITING_TIME_SHIFT.get();
      // Rounded up to the next unit, so what came at that moment is not older.
      if (arrived >= begin) {
        gauge.addCommands(waiting >>> shift, now - arrived);
      }
    }
    int opaque = elements.getInt(at + MapLayout.GAUGE_OPAQUE.get());
    if (opaque > 0 && opaque <= MapLayout.OPAQUE_REASONS.get()) {
      gauge.addOpaque(opaque - 1);
    }
  }

  /** As {@link TapDescription#since}, without a box for each of ten thousands of connections. */
  private long since(int port) {
    if (port == BackendReader.UNIX) {
      return 0;
    }
    for (int i = 0; i < watched.length; i++) {
      if (watched[i] == port) {
        return since[i];
      }
    }
    return serversSince != 0 ? serversSince : NOT_WATCHED;
  }
}
