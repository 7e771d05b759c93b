package io.mysqlwire.bpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads the maps of fsyncs, which only the tracing tap has. Not thread-safe. */
final class FsyncReader {
  private static final String MAP = "fsyncs";
  private static final FileClass[] FILES = FileClass.values();

  private final ReadableMap fsyncs;
  private final ReadableMap inFlight;

  FsyncReader(long handle) {
    fsyncs = ReadableMap.whole(handle, MAP, MapLayout.FSYNC_KEY.padded(), MapLayout.FSYNC.padded());
    inFlight =
        ReadableMap.whole(
            handle, "fsyncs_in_flight", Long.BYTES, MapLayout.FSYNC_IN_FLIGHT.padded());
  }

  /** Whether this tap has the map. */
  boolean exists() {
    return fsyncs.room() > 0;
  }

  List<FsyncCounters> read() {
    int n = fsyncs.read();
    List<FsyncCounters> counters = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      counters.add(counters(fsyncs.elements(), fsyncs.key(i), fsyncs.value(i)));
    }
    return counters;
  }

  /** Those that have not returned at {@code now}, nanoseconds of CLOCK_MONOTONIC. */
  List<FsyncInFlight> readInFlight(long now) {
    int n = inFlight.read();
    ByteBuffer elements = inFlight.elements();
    List<FsyncInFlight> calls = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      int value = inFlight.value(i);
      long started = elements.getLong(value + MapLayout.FSYNC_IN_FLIGHT_STARTED.get());
      calls.add(
          new FsyncInFlight(
              server(elements, value),
              file(elements, value),
              elements.getInt(value + MapLayout.FSYNC_IN_FLIGHT_PROCESS.get()),
              elements.getInt(inFlight.key(i)),
              Math.max(0, now - started) / 1e9));
    }
    return calls;
  }

  MapFill fill(List<FsyncCounters> read) {
    return new MapFill(MAP, read.size(), fsyncs.room());
  }

  private static FsyncCounters counters(ByteBuffer elements, int key, int value) {
    return new FsyncCounters(
        server(elements, key),
        file(elements, key),
        ReadableMap.longs(
            elements, value + MapLayout.FSYNC_LATENCY.get(), MapLayout.LATENCY_BUCKETS.get()),
        elements.getLong(value + MapLayout.FSYNC_LATENCY_NS.get()) / 1e9);
  }

  private static String server(ByteBuffer elements, int key) {
    return ServerLabel.of(
        elements,
        key + MapLayout.FSYNC_KEY_SERVER.get(),
        key + MapLayout.FSYNC_KEY_PORT.get(),
        key + MapLayout.FSYNC_KEY_ZONE.get(),
        key + MapLayout.FSYNC_KEY_NAMESPACE.get());
  }

  private static FileClass file(ByteBuffer elements, int key) {
    return FILES[elements.get(key + MapLayout.FSYNC_KEY_FILE.get())];
  }
}
