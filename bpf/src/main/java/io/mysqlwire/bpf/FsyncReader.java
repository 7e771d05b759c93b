package io.mysqlwire.bpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads the map of fsyncs, which only the tracing tap has. Not thread-safe. */
final class FsyncReader {
  private static final String MAP = "fsyncs";
  private static final int ELEMENT = MapLayout.FSYNC_KEY.padded() + MapLayout.FSYNC.padded();
  private static final FileClass[] FILES = FileClass.values();

  private final long handle;
  private final ByteBuffer fsyncs;

  FsyncReader(long handle) {
    this.handle = handle;
    fsyncs = SnapshotReader.buffer((long) maxEntries() * ELEMENT);
  }

  private static int maxEntries() {
    return MapLayout.MAX_FSYNCS.get();
  }

  List<FsyncCounters> read() {
    int n = SnapshotReader.readMap(handle, MAP, fsyncs, maxEntries());
    List<FsyncCounters> counters = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      counters.add(counters(i * ELEMENT));
    }
    return counters;
  }

  static MapFill fill(List<FsyncCounters> read) {
    return new MapFill(MAP, read.size(), maxEntries());
  }

  private FsyncCounters counters(int at) {
    int values = at + MapLayout.FSYNC_KEY.padded();
    return new FsyncCounters(
        ServerLabel.of(
            fsyncs,
            at + MapLayout.FSYNC_KEY_SERVER.get(),
            at + MapLayout.FSYNC_KEY_PORT.get(),
            at + MapLayout.FSYNC_KEY_ZONE.get(),
            at + MapLayout.FSYNC_KEY_NAMESPACE.get()),
        FILES[fsyncs.get(at + MapLayout.FSYNC_KEY_FILE.get())],
        SnapshotReader.longs(
            fsyncs, values + MapLayout.FSYNC_LATENCY.get(), MapLayout.LATENCY_BUCKETS.get()),
        fsyncs.getLong(values + MapLayout.FSYNC_LATENCY_NS.get()) / 1e9);
  }
}
