package io.mysqlwire.exporter.web;

import io.mysqlwire.exporter.collector.ExposedFamily;
import io.mysqlwire.exporter.collector.SampledFamily;
import io.mysqlwire.exporter.collector.WireCollector;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The families of the tap and of a registry by name, collected by one scrape at a time. */
public final class Families {
  private final WireCollector wire;
  private final CollectorRegistry registry;

  /** All that {@code wire} collects, and what is registered besides. */
  public Families(WireCollector wire, CollectorRegistry registry) {
    this.wire = wire;
    this.registry = registry;
  }

  /**
   * Collects now.
   *
   * @param names families or samples wanted, e.g. {@code mysql_wire_response_seconds} or {@code
   *     mysql_wire_response_seconds_count}; all when empty
   */
  public synchronized List<ExposedFamily> collect(List<String> names) {
    List<ExposedFamily> all = new ArrayList<>(wire.collect());
    Collections.list(registry.metricFamilySamples())
        .forEach(samples -> all.add(new SampledFamily(samples)));
    all.sort(Comparator.comparing(ExposedFamily::name));
    if (names.isEmpty()) {
      return all;
    }
    Set<String> wanted = new HashSet<>(names);
    return all.stream().map(family -> family.choose(wanted)).flatMap(Optional::stream).toList();
  }
}
