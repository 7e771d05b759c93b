package io.mysqlwire.exporter.web.delivery;

import io.mysqlwire.exporter.web.delivery.Askers.Asker;
import io.mysqlwire.exporter.web.response.PlainText;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.FutureCallback;

/**
 * A page that is made by one thread at a time, once for all who wait for the same.
 *
 * <p>However many ask, one collection is under way, and the next serves everybody who came
 * meanwhile; nobody gets a page that was begun before the request. Nobody waits on a thread: who
 * comes while a page is made leaves the request behind, and a client that is slow to read is sent
 * its copy as it reads.
 */
public final class SharedPage implements Request.Handler {
  private final Request.Handler page;
  private final Bodies bodies;
  private final Askers askers = new Askers();

  /**
   * Shares a page.
   *
   * @param page has to be done when its {@code handle} returns
   * @param bodies where all pages of a server count what they hold
   */
  public SharedPage(Request.Handler page, Bodies bodies) {
    this.page = page;
    this.bodies = bodies;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    switch (askers.add(new Asker(request, response, callback))) {
      case REFUSED -> {
        response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        PlainText.send(
            response,
            callback,
            HttpStatus.SERVICE_UNAVAILABLE_503,
            Askers.MOST_VARIANTS + " different pages are waited for already; try again");
      }
      case WAIT -> {}
      case WORK -> work();
    }
    return true;
  }

  private void work() {
    try {
      for (List<Asker> group = askers.next(); !group.isEmpty(); group = askers.next()) {
        serve(group);
      }
    } catch (Throwable e) {
      // Even then the next request is answered, and nobody waits for ever.
      for (Asker left : askers.abandon()) {
        left.fail(e);
      }
      throw e;
    }
  }

  private void serve(List<Asker> group) {
    RecordedResponse recorded;
    try {
      recorded = record(group.get(0));
    } catch (Throwable e) { // an OutOfMemoryError too must not leave them without an answer
      for (Asker asker : group) {
        asker.fail(e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e);
      }
      return;
    }
    for (Asker asker : group) {
      try {
        new Delivery(recorded, asker.request(), asker.response(), asker.callback(), bodies).start();
      } catch (Throwable e) {
        asker.fail(e);
      }
    }
  }

  private RecordedResponse record(Asker first) throws Exception {
    RecordedResponse recorded = new RecordedResponse(first.request(), first.response());
    FutureCallback done = new FutureCallback();
    page.handle(first.request(), recorded, done);
    done.get();
    return recorded;
  }
}
