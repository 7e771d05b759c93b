package io.mysqlwire.exporter.web;

import io.mysqlwire.exporter.collector.ExposedFamily;
import io.mysqlwire.exporter.collector.ExpositionFormat;
import io.mysqlwire.exporter.collector.Preferences;
import io.mysqlwire.exporter.web.response.PlainText;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exposition: text 0.0.4 or OpenMetrics 1.0 by {@code Accept}, gzip by {@code Accept-Encoding},
 * chosen families by {@code name[]}. Made to stand behind a {@link
 * io.mysqlwire.exporter.web.delivery.SharedPage}, which bounds how many are made at once.
 */
public final class MetricsPage implements Request.Handler {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsPage.class);

  private final Families families;

  /** Kept from one scrape to the next; scrapes at the same time make their own. */
  private final AtomicReference<@Nullable ScrapeBody> spare = new AtomicReference<>();

  public MetricsPage(Families families) {
    this.families = families;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    scrape(request, response, callback);
    return true;
  }

  private void scrape(Request request, Response response, Callback callback) {
    try {
      List<String> names = Request.extractQueryParameters(request).getValuesOrEmpty("name[]");
      List<ExposedFamily> chosen = families.collect(names);
      write(request, response, chosen);
      callback.succeeded();
    } catch (IOException e) {
      callback.failed(e); // the client is gone: nobody left to tell
    } catch (Exception e) {
      fail(response, callback, e, String.valueOf(e.getMessage()));
    }
  }

  private static void fail(Response response, Callback callback, Throwable cause, String reason) {
    LOG.error("a scrape failed: {}", reason, cause);
    if (response.isCommitted()) {
      callback.failed(cause); // cuts the body off, which no scraper takes for a whole one
      return;
    }
    response.reset();
    PlainText.send(
        response,
        callback,
        HttpStatus.INTERNAL_SERVER_ERROR_500,
        "collecting failed: " + reason + "; the exporter's log has more");
  }

  private void write(Request request, Response response, List<ExposedFamily> chosen)
      throws IOException {
    ExpositionFormat format =
        ExpositionFormat.accepted(request.getHeaders().getValuesList(HttpHeader.ACCEPT));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, format.contentType());
    response.getHeaders().put(HttpHeader.VARY, "Accept, Accept-Encoding");
    boolean gzip = acceptsGzip(request);
    if (gzip) {
      response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
    }
    ScrapeBody body = spare.getAndSet(null);
    if (body == null) {
      body = new ScrapeBody();
    }
    try {
      body.send(chosen, format, gzip, response);
    } finally {
      spare.set(body);
    }
  }

  /** Jetty's own gzip handler is deprecated, its successor three more jars; this is all we need. */
  private static boolean acceptsGzip(Request request) {
    List<String> encodings = request.getHeaders().getValuesList(HttpHeader.ACCEPT_ENCODING);
    return new Preferences(encodings).quality("gzip", "x-gzip", "*") > 0;
  }
}
