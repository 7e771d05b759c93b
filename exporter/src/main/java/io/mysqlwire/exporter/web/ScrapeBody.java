package io.mysqlwire.exporter.web;

import io.mysqlwire.exporter.collector.ExposedFamily;
import io.mysqlwire.exporter.collector.Exposition;
import io.mysqlwire.exporter.collector.ExpositionFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.eclipse.jetty.server.Response;

/** The memory that it takes to send one scrape, for one after the other. */
final class ScrapeBody {
  private final HeldBody held = new HeldBody();

  /** Sends status, headers and body. */
  void send(List<ExposedFamily> families, ExpositionFormat format, boolean gzip, Response response)
      throws IOException {
    OutputStream body = held.of(response);
    if (gzip) {
      QuickGzip zipped = new QuickGzip(body);
      try {
        write(families, format, zipped);
        zipped.finish();
      } finally {
        zipped.release();
      }
    } else {
      write(families, format, body);
    }
    body.close();
  }

  private static void write(
      List<ExposedFamily> families, ExpositionFormat format, OutputStream body) throws IOException {
    Exposition exposition = new Exposition(format, body);
    for (ExposedFamily family : families) {
      family.write(exposition);
    }
    exposition.end();
  }
}
