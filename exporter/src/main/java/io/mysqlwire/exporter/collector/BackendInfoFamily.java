package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.exporter.names.BackendNames;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of those backends that have one.
 *
 * <pre>{@code
 * # TYPE mysql_wire_backend_info gauge
 * mysql_wire_backend_info{backend="10.0.1.4",name="checkout-1",} 1.0
 * }</pre>
 */
final class BackendInfoFamily {
  private BackendInfoFamily() {}

  static MetricFamilySamples collect(List<BackendCounters> backends, BackendNames names) {
    Family family =
        Family.gauge(
            "mysql_wire_backend_info",
            "Name of a backend, of those that have one, always 1.",
            List.of("backend", "name"));
    Set<String> seen = new HashSet<>();
    for (BackendCounters counters : backends) {
      String backend = counters.backend().backend();
      if (seen.add(backend)) {
        names.of(backend).ifPresent(name -> family.add(List.of(backend, name), 1));
      }
    }
    return family.build();
  }
}
