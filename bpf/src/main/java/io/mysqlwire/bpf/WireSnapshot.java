package io.mysqlwire.bpf;

import java.util.List;
import java.util.Map;

/**
 * One reading of every map.
 *
 * @param backends counters of each backend that was seen
 * @param errors responses that ended in an error, by backend, type and code
 * @param lost every {@link LostReason} with its count, zeros included
 * @param opaque what can't be read, for each server seen and each {@link OpaqueReason}
 * @param fsyncs mysqld's own fsync calls; empty with the cgroup tap
 * @param fsyncsInFlight those of them that have not returned
 * @param maps fill of each map
 * @param programs run statistics of each program, empty while BPF statistics are off
 */
public record WireSnapshot(
    List<BackendCounters> backends,
    List<ErrorCount> errors,
    Map<LostReason, Long> lost,
    List<OpaqueCount> opaque,
    List<FsyncCounters> fsyncs,
    List<FsyncInFlight> fsyncsInFlight,
    List<MapFill> maps,
    List<ProgramStatistics> programs) {

  /** Number of buckets in {@link BackendCounters#latencyBuckets()}, the unbounded one included. */
  public static final int LATENCY_BUCKETS = 24;

  /**
   * Upper bound of latency bucket {@code index} in seconds: powers of two from 2^4 µs (16 µs) to
   * 2^26 µs (67 s); the last bucket is unbounded.
   */
  public static double latencyBound(int index) {
    if (index < 0 || index >= LATENCY_BUCKETS) {
      throw new IllegalArgumentException("bucket must be 0 to 23, was " + index);
    }
    return index == LATENCY_BUCKETS - 1 ? Double.POSITIVE_INFINITY : (1L << (index + 4)) / 1e6;
  }
}
