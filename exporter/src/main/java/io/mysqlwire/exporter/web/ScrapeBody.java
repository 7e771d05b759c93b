package io.mysqlwire.exporter.web;

import io.mysqlwire.exporter.collector.ExposedFamily;
import io.mysqlwire.exporter.collector.Exposition;
import io.mysqlwire.exporter.collector.ExpositionFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.eclipse.jetty.server.Response;

/** The memory that it takes to send one scrape, for one after the other. */
final class ScrapeBody implements AutoCloseable {
  private final HeldBody held = new HeldBody();
  private final GzipStream zipped = new GzipStream();

  /** Sends status, headers and body. */
  void send(List<ExposedFamily> families, ExpositionFormat format, boolean gzip, Response response)
      throws IOException {
    OutputStream body = held.of(response);
    if (gzip) {
      zipped.start(body);
    }
    Exposition exposition = new Exposition(format, gzip ? zipped : body);
    for (ExposedFamily family : families) {
      family.write(exposition);
    }
    exposition.end();
    if (gzip) {
      zipped.finish();
    }
    body.close();
  }

  /** Gives the memory outside the heap back. */
  @Override
  public void close() {
    zipped.close();
  }
}
