package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.WireSnapshot;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A classic histogram of times, while its samples are being gathered: the kernel counts each time
 * in one bucket, the exposition is cumulative.
 */
final class LatencyHistogram {
  private static final List<String> BOUNDS =
      IntStream.range(0, WireSnapshot.LATENCY_BUCKETS)
          .mapToObj(i -> Collector.doubleToGoString(WireSnapshot.latencyBound(i)))
          .toList();

  private final Family family;
  private final List<String> labelNames;
  private final List<String> bucketLabelNames;

  LatencyHistogram(String name, String help, List<String> labelNames) {
    this.family = Family.histogram(name, help, labelNames);
    this.labelNames = labelNames;
    this.bucketLabelNames = Labels.plus(labelNames, "le");
  }

  /** Values of the label {@code le}. */
  static List<String> bounds() {
    return BOUNDS;
  }

  /** Adds the series with these label values, in the order of the label names. */
  void add(List<String> labelValues, long[] buckets, double seconds) {
    long atMost = 0;
    for (int i = 0; i < BOUNDS.size(); i++) {
      atMost += buckets[i];
      family.add(
          "_bucket", bucketLabelNames, Labels.plus(labelValues, BOUNDS.get(i)), (double) atMost);
    }
    family.add("_count", labelNames, labelValues, (double) atMost);
    family.add("_sum", labelNames, labelValues, seconds);
  }

  MetricFamilySamples build() {
    return family.build();
  }
}
