package io.mysqlwire.exporter.status;

import io.mysqlwire.bpf.WireSnapshot;
import java.util.OptionalDouble;
import java.util.stream.LongStream;

/** Commands by the time to the first byte of their response, within the window. */
public final class Latency {
  /** From here on times are not told apart any more. */
  public static final double LONGEST = WireSnapshot.latencyBound(WireSnapshot.LATENCY_BUCKETS - 2);

  private final long[] buckets;
  private final long commands;

  /** Takes buckets as {@link io.mysqlwire.bpf.BackendCounters#latencyBuckets} describes them. */
  Latency(long[] buckets) {
    this.buckets = buckets.clone();
    this.commands = LongStream.of(buckets).sum();
  }

  void addTo(long[] sums) {
    for (int i = 0; i < buckets.length; i++) {
      sums[i] += buckets[i];
    }
  }

  /**
   * The time that a share of {@code q} of the commands did not exceed; none without commands.
   *
   * <p>Computed as Prometheus' {@code histogram_quantile()} does, so that page and dashboard agree:
   * linear inside a bucket, and {@link #LONGEST} for what lies past it.
   */
  public OptionalDouble quantile(double q) {
    if (commands == 0) {
      return OptionalDouble.empty();
    }
    double rank = q * commands;
    long below = 0;
    for (int i = 0; i < buckets.length - 1; i++) {
      if (buckets[i] > 0 && below + buckets[i] >= rank) {
        double lower = i == 0 ? 0 : WireSnapshot.latencyBound(i - 1);
        double upper = WireSnapshot.latencyBound(i);
        return OptionalDouble.of(lower + (upper - lower) * (rank - below) / buckets[i]);
      }
      below += buckets[i];
    }
    return OptionalDouble.of(LONGEST);
  }
}
