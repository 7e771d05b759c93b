package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.FsyncCounters;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.List;

/**
 * How long mysqld waits for its disks, by what it keeps in the file.
 *
 * <pre>{@code
 * # TYPE mysql_wire_fsync_seconds histogram
 * mysql_wire_fsync_seconds_bucket{server="10.0.0.7:3306",file="redo",le="0.001024",} 12.0
 * ...
 * mysql_wire_fsync_seconds_count{server="10.0.0.7:3306",file="redo",} 13.0
 * mysql_wire_fsync_seconds_sum{server="10.0.0.7:3306",file="redo",} 0.25
 * }</pre>
 */
final class FsyncFamily {
  private FsyncFamily() {}

  static MetricFamilySamples collect(List<FsyncCounters> fsyncs) {
    LatencyHistogram histogram =
        new LatencyHistogram(
            "mysql_wire_fsync_seconds",
            "Seconds that mysqld's own fsync and fdatasync calls took, by kind of file, from its"
                + " first response after the exporter's start on. server is the local address of"
                + " the first connection it answered, or of the first that is not on loopback.",
            List.of("server", "file"));
    for (FsyncCounters counters : fsyncs) {
      histogram.add(
          List.of(counters.server(), counters.file().label()),
          counters.latencyBuckets(),
          counters.latencySeconds());
    }
    return histogram.build();
  }
}
