package io.mysqlwire.exporter.web;

import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.QuotedQualityCSV;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exposition: text 0.0.4 or OpenMetrics 1.0 by {@code Accept}, gzip by {@code Accept-Encoding},
 * chosen families by {@code name[]}.
 *
 * <p>Everything is collected before the status is committed, so that a failure can still be a 500;
 * the text is then written straight to the client and never held as a whole.
 */
public final class MetricsPage implements Request.Handler {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsPage.class);
  private static final int BUFFER_BYTES = 16 * 1024;

  /**
   * Scrapes at once, waiting ones included. Two Prometheus servers and a person at a terminal fit;
   * more would only pile up memory behind a reader that is slow or gone.
   */
  private static final int MOST_SCRAPES = 4;

  private final Families families;
  private final Semaphore places = new Semaphore(MOST_SCRAPES);

  public MetricsPage(Families families) {
    this.families = families;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!places.tryAcquire()) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
      PlainText.send(
          response,
          callback,
          HttpStatus.SERVICE_UNAVAILABLE_503,
          MOST_SCRAPES + " scrapes are under way already");
      return true;
    }
    try {
      scrape(request, response, callback);
    } finally {
      places.release();
    }
    return true;
  }

  private void scrape(Request request, Response response, Callback callback) {
    List<MetricFamilySamples> samples;
    try {
      samples =
          families.collect(Request.extractQueryParameters(request).getValuesOrEmpty("name[]"));
    } catch (Exception e) {
      LOG.error("a scrape failed", e);
      PlainText.send(
          response,
          callback,
          HttpStatus.INTERNAL_SERVER_ERROR_500,
          "collecting failed: " + e.getMessage() + "; the exporter's log has more");
      return;
    }
    try {
      write(request, response, samples);
      callback.succeeded();
    } catch (IOException e) {
      callback.failed(e); // the client is gone: nobody left to tell
    }
  }

  private static void write(Request request, Response response, List<MetricFamilySamples> samples)
      throws IOException {
    String contentType = TextFormat.chooseContentType(request.getHeaders().get(HttpHeader.ACCEPT));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    response.getHeaders().put(HttpHeader.VARY, "Accept, Accept-Encoding");
    OutputStream body = Content.Sink.asOutputStream(response);
    if (acceptsGzip(request)) {
      response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
      body = new GZIPOutputStream(body, BUFFER_BYTES);
    }
    // Unbuffered, each of the many short strings would go through the encoder alone: 4 x the time.
    try (Writer writer =
        new BufferedWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8), BUFFER_BYTES)) {
      TextFormat.writeFormat(contentType, writer, Collections.enumeration(samples));
    }
  }

  /** Jetty's own gzip handler is deprecated, its successor three more jars; this is all we need. */
  private static boolean acceptsGzip(Request request) {
    QuotedQualityCSV encodings = new QuotedQualityCSV();
    request.getHeaders().getValuesList(HttpHeader.ACCEPT_ENCODING).forEach(encodings::addValue);
    return encodings.getValues().contains("gzip");
  }
}
