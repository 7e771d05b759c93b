package io.mysqlwire.exporter.web;

import io.mysqlwire.exporter.health.ServerHealth;
import io.mysqlwire.exporter.status.StatusReader;
import io.mysqlwire.exporter.web.response.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
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
 * in a minute comes a second late, for rates need two readings; no thread waits for that second,
 * nor for another thread that reads.
 */
public final class LandingPage implements Request.Handler {
  private static final Logger LOG = LoggerFactory.getLogger(LandingPage.class);
  private static final String SECURITY_POLICY = "Content-Security-Policy";

  /** How old a page may be. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  /** How old it may be while another thread makes a new one. */
  private static final Duration RECENT = Duration.ofSeconds(5);

  private static final int MOST_ATTEMPTS = 5;

  private final StatusReader reader;
  private final StatusPage pages;
  private final InstantSource clock;
  private final ReentrantLock rendering = new ReentrantLock();
  private volatile Rendered latest = new Rendered("", Instant.MIN);

  /** The page as it was. */
  private record Rendered(String html, Instant at) {
    /** The clock may have been set back. */
    boolean isWithin(Duration age, Instant now) {
      return !now.isBefore(at) && now.isBefore(at.plus(age));
    }
  }

  public LandingPage(
      Supplier<About> about, StatusReader reader, Supplier<List<ServerHealth>> health) {
    this(about, reader, health, InstantSource.system());
  }

  LandingPage(
      Supplier<About> about,
      StatusReader reader,
      Supplier<List<ServerHealth>> health,
      InstantSource clock) {
    this.pages = new StatusPage(about, health);
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
      html = page();
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
      PlainText.send(
          response,
          callback,
          HttpStatus.SERVICE_UNAVAILABLE_503,
          "the kernel's maps could not be read twice in time; try again");
    }
  }

  /** A page not older than a second; none when a reading is missing, or another thread is at it. */
  private Optional<String> page() {
    Instant now = clock.instant();
    Rendered page = latest;
    if (page.isWithin(FRESH, now)) {
      return Optional.of(page.html());
    }
    if (!rendering.tryLock()) {
      return page.isWithin(RECENT, now) ? Optional.of(page.html()) : Optional.empty();
    }
    try {
      Optional<String> html = reader.read().map(status -> pages.render(status, now));
      html.ifPresent(fresh -> latest = new Rendered(fresh, now));
      return html;
    } finally {
      rendering.unlock();
    }
  }

  private void send(Response response, Callback callback, String html) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html; charset=utf-8");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    // The web config file may set its own.
    if (!response.getHeaders().contains(SECURITY_POLICY)) {
      response.getHeaders().put(SECURITY_POLICY, pages.securityPolicy());
    }
    Content.Sink.write(response, true, html, callback);
  }
}
