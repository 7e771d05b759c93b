package io.mysqlwire.bpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads the map of fsyncs, which only the tracing tap has. Not thread-safe. */
final class FsyncReader {
  private static final String MAP = "fsyncs";
  private static final FileClass[] FILES = FileClass.values();

  private final ReadableMap fsyncs;

  FsyncReader(long handle) {
    fsyncs = ReadableMap.whole(handle, MAP, MapLayout.FSYNC_KEY.padded(), MapLayout.FSYNC.padded());
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

  MapFill fill(List<FsyncCounters> read) {
    return new MapFill(MAP, read.size(), fsyncs.room());
  }

  private static FsyncCounters counters(ByteBuffer elements, int key, int value) {
    return new FsyncCounters(
        ServerLabel.of(
            elements,
            key + MapLayout.FSYNC_KEY_SERVER.get(),
            key + MapLayout.FSYNC_KEY_PORT.get(),
            key + MapLayout.FSYNC_KEY_ZONE.get(),
            key + MapLayout.FSYNC_KEY_NAMESPACE.get()),
        FILES[elements.get(key + MapLayout.FSYNC_KEY_FILE.get())],
        ReadableMap.longs(
            elements, value + MapLayout.FSYNC_LATENCY.get(), MapLayout.LATENCY_BUCKETS.get()),
        elements.getLong(value + MapLayout.FSYNC_LATENCY_NS.get()) / 1e9);
  }
}
