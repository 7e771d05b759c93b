package io.mysqlwire.bpf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads all maps of one tap: one native call per map, into buffers that are kept. Not thread-safe.
 */
final class SnapshotReader {
  private final long handle;
  private final BackendReader backends;
  private final GaugeReader gauges;
  private final CounterReader counters;
  private final ErrorReader errors;
  private final LostReader lost;
  private final FsyncReader fsyncs;
  private final StatisticsReader statistics;
  private final ListenerReader listeners;

  /** Takes over a reader of {@link Native}, unless it throws: there may be no memory. */
  SnapshotReader(long handle, TapDescription loaded) {
    this.handle = handle;
    backends = new BackendReader(handle);
    gauges = new GaugeReader(handle, loaded);
    counters = new CounterReader(handle);
    errors = new ErrorReader(handle);
    lost = new LostReader(handle);
    fsyncs = new FsyncReader(handle);
    statistics = new StatisticsReader(handle);
    listeners = new ListenerReader(handle);
  }

  void close() {
    Native.closeReader(handle);
  }

  /** Where servers listen. */
  ListenerReader listeners() {
    return listeners;
  }

  /** Binaries of servers that are probed, or were until they were condemned. */
  List<ProbedBinary> probed() {
    long[] figures = new long[MapLayout.MAX_BINARIES.get() * ProbedBinary.FIGURES];
    return Native.readProbed(handle, figures) < 0
        ? List.of() // none are with this tap
        : ProbedBinary.parse(figures).stream().filter(binary -> !binary.isNone()).toList();
  }

  WireSnapshot read() {
    long now = System.nanoTime(); // CLOCK_MONOTONIC, as bpf_ktime_get_ns()
    Map<Integer, Backend> named = backends.read();
    Gauges open = gauges.read(now, backends::port);
    OpaqueSums opaque = new OpaqueSums();
    List<BackendCounters> counted = counters.read(named, open, opaque);
    List<ErrorCount> errorCounts = errors.read(named);
    List<MapFill> maps = new ArrayList<>();
    maps.add(backends.fill(named));
    maps.add(errors.fill(errorCounts));
    maps.add(gauges.fill(open));
    ErrorReader.moveOverflow(counted, errorCounts);
    List<FsyncCounters> fsyncCounts = List.of();
    if (fsyncs.exists()) {
      fsyncCounts = fsyncs.read();
      maps.add(fsyncs.fill(fsyncCounts));
    }
    return new WireSnapshot(
        counted, errorCounts, lost.read(), opaque.counts(), fsyncCounts, maps, statistics.read());
  }
}
