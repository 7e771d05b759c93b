package io.mysqlwire.exporter.collector;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.util.ArrayList;
import java.util.List;

/** A metric family while its samples are being gathered. */
final class Family {
  private final String name;
  private final Collector.Type type;
  private final String help;
  private final List<String> labelNames;
  private final List<Sample> samples = new ArrayList<>();

  private Family(String name, Collector.Type type, String help, List<String> labelNames) {
    this.name = name;
    this.type = type;
    this.help = help;
    this.labelNames = labelNames;
  }

  static Family counter(String name, String help, List<String> labelNames) {
    return new Family(name, Collector.Type.COUNTER, help, labelNames);
  }

  static Family gauge(String name, String help, List<String> labelNames) {
    return new Family(name, Collector.Type.GAUGE, help, labelNames);
  }

  static Family histogram(String name, String help, List<String> labelNames) {
    return new Family(name, Collector.Type.HISTOGRAM, help, labelNames);
  }

  /** Adds the sample with these label values, in the order of the label names. */
  void add(List<String> labelValues, double value) {
    samples.add(new Sample(name, labelNames, labelValues, value));
  }

  /** Adds a count; past 2^53 it is rounded, as all that Prometheus keeps. */
  void add(List<String> labelValues, long count) {
    add(labelValues, (double) count);
  }

  /** Adds a sample of a histogram, whose name and labels differ from the family's. */
  void add(String suffix, List<String> names, List<String> values, double value) {
    samples.add(new Sample(name + suffix, names, values, value));
  }

  MetricFamilySamples build() {
    return new MetricFamilySamples(name, type, help, samples);
  }
}
