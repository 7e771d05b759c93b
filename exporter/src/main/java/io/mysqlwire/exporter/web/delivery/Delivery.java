package io.mysqlwire.exporter.web.delivery;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/** A recorded response on its way to one client, in the time that the client takes. */
final class Delivery extends IteratingCallback {
  private final RecordedResponse page;
  private final Request request;
  private final Response response;
  private final Callback callback;
  private final Bodies bodies;
  private int next;

  Delivery(
      RecordedResponse page, Request request, Response response, Callback callback, Bodies bodies) {
    this.page = page;
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.bodies = bodies;
  }

  void start() {
    response.setStatus(page.getStatus());
    page.getHeaders().forEach(field -> response.getHeaders().put(field));
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, page.size());
    bodies.begin(this);
    iterate();
  }

  @Override
  protected Action process() {
    if (next > 0 && next >= page.chunkCount()) {
      return Action.SUCCEEDED;
    }
    boolean last = next + 1 >= page.chunkCount();
    response.write(last, page.chunkCount() == 0 ? BufferUtil.EMPTY_BUFFER : page.chunk(next), this);
    next++;
    return Action.SCHEDULED;
  }

  @Override
  protected void onCompleteSuccess() {
    bodies.end(this);
    callback.succeeded();
  }

  @Override
  protected void onCompleteFailure(Throwable cause) {
    bodies.end(this);
    callback.failed(cause);
  }

  RecordedResponse page() {
    return page;
  }

  /** Gives the client up. */
  void cut() {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
  }
}
