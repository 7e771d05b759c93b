package io.mysqlwire.exporter.web;

import io.mysqlwire.exporter.status.StatusReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page for people: which backend gets which errors right now.
 *
 * <p>However many people look, the kernel is read for it once in a second at most. The first view
 * in a minute comes a second late, for rates need two readings; no thread waits for that second.
 */
public final class LandingPage implements Request.Handler {
  private static final Logger LOG = LoggerFactory.getLogger(LandingPage.class);
  private static final String SECURITY_POLICY = "Content-Security-Policy";
  private static final long FRESH_MILLISECONDS = 1000;
  private static final int MOST_ATTEMPTS = 5;

  private final StatusReader reader;
  private final StatusPage page;
  private final InstantSource clock;
  private String rendered = "";
  private Instant renderedAt = Instant.MIN;

  public LandingPage(About about, StatusReader reader) {
    this(about, reader, InstantSource.system());
  }

  LandingPage(About about, StatusReader reader, InstantSource clock) {
    this.page = new StatusPage(about);
    this.reader = reader;
    this.clock = clock;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    answer(request, response, callback, 1);
    return true;
  }

  private void answer(Request request, Response response, Callback callback, int attempt) {
    Optional<String> html;
    try {
      html = render();
    } catch (RuntimeException e) {
      LOG.error("the status page failed", e);
      PlainText.send(
          response,
          callback,
          HttpStatus.INTERNAL_SERVER_ERROR_500,
          "reading the counters failed: " + e.getMessage() + "; the exporter's log has more");
      return;
    }
    if (html.isPresent()) {
      send(response, callback, html.get());
    } else if (attempt < MOST_ATTEMPTS) {
      Executor threads = request.getComponents().getExecutor();
      request
          .getComponents()
          .getScheduler()
          .schedule(
              () -> threads.execute(() -> answer(request, response, callback, attempt + 1)),
              1,
              TimeUnit.SECONDS);
    } else {
      // A machine that stops for a minute between two attempts.
      PlainText.send(
          response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, "no two readings; try again");
    }
  }

  private synchronized Optional<String> render() {
    Instant now = clock.instant();
    boolean isFresh =
        !now.isBefore(renderedAt) && now.isBefore(renderedAt.plusMillis(FRESH_MILLISECONDS));
    if (!isFresh) {
      Optional<String> fresh = reader.read().map(status -> page.render(status, now));
      if (fresh.isEmpty()) {
        return fresh;
      }
      rendered = fresh.get();
      renderedAt = now;
    }
    return Optional.of(rendered);
  }

  private void send(Response response, Callback callback, String html) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html; charset=utf-8");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    // The web config file may set its own.
    if (!response.getHeaders().contains(SECURITY_POLICY)) {
      response.getHeaders().put(SECURITY_POLICY, page.securityPolicy());
    }
    Content.Sink.write(response, true, html, callback);
  }
}
