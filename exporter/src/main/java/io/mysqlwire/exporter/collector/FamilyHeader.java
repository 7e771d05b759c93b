package io.mysqlwire.exporter.collector;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The lines above the samples of a family, in each format. */
final class FamilyHeader {
  private final String name;
  private final Map<ExpositionFormat, byte[]> lines = new EnumMap<>(ExpositionFormat.class);

  FamilyHeader(Collector.Type type, String name, String help) {
    MetricFamilySamples empty = new MetricFamilySamples(name, type, help, List.of());
    this.name = empty.name;
    for (ExpositionFormat format : ExpositionFormat.values()) {
      lines.put(format, format.text(empty).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The family's name, without {@code _total}. */
  String name() {
    return name;
  }

  void write(Exposition out) throws IOException {
    out.bytes(Objects.requireNonNull(lines.get(out.format())));
  }
}
