package io.mysqlwire.exporter.collector;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Expositions in memory. */
final class Texts {
  private Texts() {}

  static String of(List<ExposedFamily> families, ExpositionFormat format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Exposition exposition = new Exposition(format, bytes);
    for (ExposedFamily family : families) {
      family.write(exposition);
    }
    exposition.end();
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
