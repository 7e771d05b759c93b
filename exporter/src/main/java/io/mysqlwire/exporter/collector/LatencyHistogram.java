package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.WireSnapshot;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.List;

/**
 * The time a server takes to begin its answer, as a classic histogram: the kernel counts each
 * command in one bucket, the exposition is cumulative.
 */
final class LatencyHistogram {
  private static final List<String> BUCKET_LABELS = Labels.plus(Labels.BACKEND, "le");
  private static final String[] BOUNDS = bounds();

  private LatencyHistogram() {}

  private static String[] bounds() {
    String[] bounds = new String[WireSnapshot.LATENCY_BUCKETS];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = Collector.doubleToGoString(WireSnapshot.latencyBound(i));
    }
    return bounds;
  }

  static MetricFamilySamples collect(List<BackendCounters> backends) {
    Family family =
        Family.histogram(
            "mysql_wire_response_seconds",
            "Seconds from the last byte of a command arriving at the host to the first byte of its"
                + " response leaving mysqld.",
            Labels.BACKEND);
    for (BackendCounters counters : backends) {
      List<String> key = Labels.of(counters.backend());
      long atMost = 0;
      for (int i = 0; i < BOUNDS.length; i++) {
        atMost += counters.latencyBuckets()[i];
        family.add("_bucket", BUCKET_LABELS, Labels.plus(key, BOUNDS[i]), (double) atMost);
      }
      family.add("_count", Labels.BACKEND, key, (double) atMost);
      family.add("_sum", Labels.BACKEND, key, counters.latencySeconds());
    }
    return family.build();
  }
}
