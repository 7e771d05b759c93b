package io.mysqlwire.exporter.collector;

import io.prometheus.client.Collector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The text of one scrape, for tests that ask what people get to see. */
public final class ExpositionText {
  private ExpositionText() {}

  public static String of(WireCollector wire, Collector... others) throws IOException {
    List<ExposedFamily> families = new ArrayList<>(wire.collect());
    for (Collector other : others) {
      other.collect().forEach(samples -> families.add(new SampledFamily(samples)));
    }
    return Texts.of(families, ExpositionFormat.TEXT);
  }
}
