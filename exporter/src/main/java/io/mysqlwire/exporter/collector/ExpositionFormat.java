package io.mysqlwire.exporter.collector;

import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;

/** The text formats. Each is written as simpleclient writes it, whoever does the writing. */
public enum ExpositionFormat {
  /** Prometheus' own, which ends a list of labels with a comma. */
  TEXT(TextFormat.CONTENT_TYPE_004, ",} ", ""),
  /** OpenMetrics 1.0, which says where it ends. */
  OPENMETRICS(TextFormat.CONTENT_TYPE_OPENMETRICS_100, "} ", "# EOF\n");

  private final String contentType;
  private final String labelsEnd;
  private final String end;

  ExpositionFormat(String contentType, String labelsEnd, String end) {
    this.contentType = contentType;
    this.labelsEnd = labelsEnd;
    this.end = end;
  }

  /**
   * The one that a client prefers: Prometheus' own unless it weighs less.
   *
   * @param values of the header {@code Accept}, one for each time that it was sent
   */
  public static ExpositionFormat accepted(List<String> values) {
    Preferences preferences = new Preferences(values);
    double text = preferences.quality("text/plain", "text/*", "*/*");
    double open = preferences.quality("application/openmetrics-text", "application/*", "*/*");
    return open > text ? OPENMETRICS : TEXT;
  }

  /** Value of the header {@code Content-Type}. */
  public String contentType() {
    return contentType;
  }

  /** Between the last label and the value. */
  String labelsEnd() {
    return labelsEnd;
  }

  /** What follows the last family. */
  String end() {
    return end;
  }

  /** The text of a family, by simpleclient. */
  String text(MetricFamilySamples family) {
    StringWriter text = new StringWriter();
    try {
      TextFormat.writeFormat(contentType, text, Collections.enumeration(List.of(family)));
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory", e);
    }
    return text.getBuffer().substring(0, text.getBuffer().length() - end.length());
  }
}
