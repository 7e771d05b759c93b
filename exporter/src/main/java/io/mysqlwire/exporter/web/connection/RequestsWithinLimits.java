package io.mysqlwire.exporter.web.connection;

import io.mysqlwire.exporter.web.response.PlainText;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** The outermost handler: says which connections have a request, and ends those that are slow. */
public final class RequestsWithinLimits extends Handler.Wrapper {
  private static final long SWEEP_MILLISECONDS = 500;

  /** Nothing here reads a body; some clients send an empty one. */
  private static final long MOST_BODY_BYTES = 1024;

  private final Connections connections;

  public RequestsWithinLimits(Connections connections, Handler pages) {
    super(pages);
    this.connections = connections;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    connections.requestBegins(request);
    Request.addCompletionListener(request, failure -> connections.requestEnds(request));
    if (request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > MOST_BODY_BYTES
        || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      PlainText.send(
          response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413, "no page here takes a body");
      return true;
    }
    return super.handle(request, response, callback);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    sweepLater();
  }

  private void sweepLater() {
    Scheduler scheduler = getServer().getScheduler();
    scheduler.schedule(this::sweep, SWEEP_MILLISECONDS, TimeUnit.MILLISECONDS);
  }

  private void sweep() {
    try {
      connections.closeOverdue();
    } finally {
      if (isRunning()) {
        sweepLater();
      }
    }
  }
}
