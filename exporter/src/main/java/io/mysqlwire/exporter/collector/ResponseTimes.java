package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.BackendCounters;
import io.prometheus.client.Collector;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How long backends wait for the first byte of responses: half of all series, so written straight
 * from the counters.
 *
 * <pre>{@code
 * # TYPE mysql_wire_response_seconds histogram
 * mysql_wire_response_seconds_bucket{server="10.0.0.7:3306",backend="10.0.1.4",user="shop",le="0.001024",} 12
 * ...
 * mysql_wire_response_seconds_count{server="10.0.0.7:3306",backend="10.0.1.4",user="shop",} 13
 * mysql_wire_response_seconds_sum{server="10.0.0.7:3306",backend="10.0.1.4",user="shop",} 0.25
 * }</pre>
 */
final class ResponseTimes implements ExposedFamily {
  private static final String NAME = "mysql_wire_response_seconds";
  private static final FamilyHeader HEADER =
      new FamilyHeader(
          Collector.Type.HISTOGRAM,
          NAME,
          "Seconds from the last byte of a command arriving at the host to the first byte of its"
              + " response leaving mysqld.");
  private static final SeriesText[] BUCKETS =
      LatencyHistogram.bounds().stream()
          .map(bound -> new SeriesText(NAME + "_bucket", "le", bound))
          .toArray(SeriesText[]::new);
  private static final SeriesText COUNT = new SeriesText(NAME + "_count");
  private static final SeriesText SUM = new SeriesText(NAME + "_sum");

  private final List<BackendCounters> backends;
  private final LabelText labels;
  private final boolean buckets;
  private final boolean count;
  private final boolean sum;

  ResponseTimes(List<BackendCounters> backends, LabelText labels) {
    this(backends, labels, true, true, true);
  }

  private ResponseTimes(
      List<BackendCounters> backends,
      LabelText labels,
      boolean buckets,
      boolean count,
      boolean sum) {
    this.backends = backends;
    this.labels = labels;
    this.buckets = buckets;
    this.count = count;
    this.sum = sum;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<ExposedFamily> choose(Set<String> wanted) {
    boolean all = wanted.contains(NAME);
    ResponseTimes part =
        new ResponseTimes(
            backends,
            labels,
            all || wanted.contains(NAME + "_bucket"),
            all || wanted.contains(NAME + "_count"),
            all || wanted.contains(NAME + "_sum"));
    boolean chosen = part.buckets || part.count || part.sum;
    return chosen && !backends.isEmpty() ? Optional.of(part) : Optional.empty();
  }

  @Override
  public void write(Exposition out) throws IOException {
    HEADER.write(out);
    for (BackendCounters counters : backends) {
      byte[] backend = labels.of(counters.backend());
      long atMost = 0;
      for (int i = 0; i < BUCKETS.length; i++) {
        atMost += counters.latencyBuckets()[i];
        if (buckets) {
          BUCKETS[i].write(out, backend, atMost);
        }
      }
      if (count) {
        COUNT.write(out, backend, atMost);
      }
      if (sum) {
        SUM.write(out, backend, counters.latencySeconds());
      }
    }
  }
}
