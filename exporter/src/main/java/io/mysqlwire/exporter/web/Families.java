package io.mysqlwire.exporter.web;

import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The families of a registry by name, collected by one scrape at a time. */
public final class Families {
  private final CollectorRegistry registry;

  public Families(CollectorRegistry registry) {
    this.registry = registry;
  }

  /**
   * Collects now.
   *
   * @param names families or samples wanted, e.g. {@code mysql_wire_response_seconds} or {@code
   *     mysql_wire_response_seconds_count}; all when empty
   */
  public synchronized List<MetricFamilySamples> collect(List<String> names) {
    List<MetricFamilySamples> all = Collections.list(registry.metricFamilySamples());
    all.sort(Comparator.comparing(family -> family.name));
    if (names.isEmpty()) {
      return all;
    }
    Set<String> wanted = new HashSet<>(names);
    List<MetricFamilySamples> chosen = new ArrayList<>();
    for (MetricFamilySamples family : all) {
      MetricFamilySamples part =
          wanted.contains(family.name) ? family : family.filter(wanted::contains);
      if (part != null && !part.samples.isEmpty()) {
        chosen.add(part);
      }
    }
    return chosen;
  }
}
