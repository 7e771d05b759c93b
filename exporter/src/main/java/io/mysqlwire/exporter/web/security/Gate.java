package io.mysqlwire.exporter.web.security;

import io.mysqlwire.exporter.web.config.WebConfig;
import io.mysqlwire.exporter.web.config.WebConfigException;
import io.mysqlwire.exporter.web.config.WebConfigFile;
import io.mysqlwire.exporter.web.response.PlainText;
import io.mysqlwire.exporter.web.security.PasswordChecks.Verdict;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What every request passes, whatever its path: rate limit, headers, login, in the order of the
 * Prometheus exporter toolkit.
 */
public final class Gate extends Handler.Wrapper {
  private final WebConfigFile file;
  private final Optional<TokenBucket> bucket;
  private final PasswordChecks passwords = new PasswordChecks();

  public Gate(WebConfigFile file, Handler pages) {
    super(pages);
    this.file = file;
    this.bucket = file.atStart().rateLimit().map(limit -> new TokenBucket(limit, System::nanoTime));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    WebConfig config;
    try {
      config = file.now();
    } catch (WebConfigException e) {
      PlainText.send(
          response,
          callback,
          HttpStatus.INTERNAL_SERVER_ERROR_500,
          "the web config file can't be used; the exporter's log says why");
      return true;
    }
    if (bucket.isPresent() && !bucket.get().take()) {
      PlainText.send(
          response, callback, HttpStatus.TOO_MANY_REQUESTS_429, "past the rate limit; try later");
      return true;
    }
    config.headers().forEach(response.getHeaders()::put);
    if (config.users().isEmpty()) {
      return super.handle(request, response, callback);
    }
    Optional<Credentials> credentials = Credentials.of(request);
    if (credentials.isEmpty()) {
      refuse(response, callback);
      return true;
    }
    Thread here = Thread.currentThread();
    passwords.check(
        credentials.get(),
        config.users(),
        Request.getRemoteAddr(request),
        verdict -> proceed(verdict, here, request, response, callback));
    return true;
  }

  private void proceed(
      Verdict verdict, Thread arrival, Request request, Response response, Callback callback) {
    switch (verdict) {
      case WRONG -> refuse(response, callback);
      case BUSY -> {
        response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        PlainText.send(
            response,
            callback,
            HttpStatus.SERVICE_UNAVAILABLE_503,
            "too many passwords wait to be checked; try again");
      }
      case RIGHT -> {
        if (Thread.currentThread().equals(arrival)) {
          page(request, response, callback);
          return;
        }
        try { // not on the thread that checks passwords
          request.getComponents().getExecutor().execute(() -> page(request, response, callback));
        } catch (RejectedExecutionException e) {
          callback.failed(e); // the server is stopping
        }
      }
    }
  }

  private void page(Request request, Response response, Callback callback) {
    try {
      if (!super.handle(request, response, callback)) {
        PlainText.send(response, callback, HttpStatus.NOT_FOUND_404, "no such page");
      }
    } catch (Exception e) {
      Response.writeError(request, response, callback, e);
    }
  }

  private static void refuse(Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Basic");
    PlainText.send(
        response, callback, HttpStatus.UNAUTHORIZED_401, "log in with user and password");
  }

  @Override
  protected void doStop() throws Exception {
    passwords.close();
    super.doStop();
  }
}
