package io.mysqlwire.exporter.collector;

import io.prometheus.client.Collector.MetricFamilySamples;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * A family of simpleclient's own data model.
 *
 * @param samples all there is of it
 */
public record SampledFamily(MetricFamilySamples samples) implements ExposedFamily {
  @Override
  public String name() {
    return samples.name;
  }

  @Override
  public Optional<ExposedFamily> choose(Set<String> wanted) {
    MetricFamilySamples part =
        wanted.contains(samples.name) ? samples : samples.filter(wanted::contains);
    return part == null || part.samples.isEmpty()
        ? Optional.empty()
        : Optional.of(new SampledFamily(part));
  }

  @Override
  public void write(Exposition out) throws IOException {
    out.text(out.format().text(samples));
  }
}
