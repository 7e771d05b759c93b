package io.mysqlwire.exporter.collector;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The text of one scrape, for tests that ask what people get to see. */
public final class ExpositionText {
  private ExpositionText() {}

  public static String of(WireCollector wire, Collector... others) throws IOException {
    List<MetricFamilySamples> families = new ArrayList<>(wire.collect());
    for (Collector other : others) {
      families.addAll(other.collect());
    }
    StringWriter text = new StringWriter();
    TextFormat.write004(text, Collections.enumeration(families));
    return text.toString();
  }
}
