package io.mysqlwire.exporter.collector;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What lines of samples have in common: all but the labels of the backend and the value. */
final class SeriesText {
  private final byte[] head;
  private final Map<ExpositionFormat, byte[]> tails = new EnumMap<>(ExpositionFormat.class);

  /**
   * Samples of one name.
   *
   * @param labels names and values in turns of the labels behind those of the backend
   */
  SeriesText(String name, String... labels) {
    head = (name + "{").getBytes(StandardCharsets.UTF_8);
    String own = labels.length == 0 ? "" : "," + LabelText.labels(labels);
    for (ExpositionFormat format : ExpositionFormat.values()) {
      tails.put(format, (own + format.labelsEnd()).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Writes a count; past 2^53 it is rounded, as all that Prometheus keeps. */
  void write(Exposition out, byte[] backend, long count) throws IOException {
    write(out, backend, (double) count);
  }

  void write(Exposition out, byte[] backend, double value) throws IOException {
    out.bytes(head);
    out.bytes(backend);
    out.bytes(Objects.requireNonNull(tails.get(out.format())));
    out.value(value);
  }
}
