package io.mysqlwire.exporter.web.connection;

import java.time.Duration;
import org.eclipse.jetty.io.EndPoint;

/** An open connection, and how long it has been without a request, or with one. */
final class OpenConnection {
  private final EndPoint endPoint;
  private int requests;
  private boolean served;
  private long since;

  OpenConnection(EndPoint endPoint, long now) {
    this.endPoint = endPoint;
    this.since = now;
  }

  void requestBegins(long now) {
    if (requests++ == 0) {
      since = now;
    }
  }

  void requestEnds(long now) {
    if (--requests == 0) {
      since = now;
      served = true;
    }
  }

  boolean isWaiting() {
    return requests == 0;
  }

  /** When it began to wait for a request, or to work on one. */
  long since() {
    return since;
  }

  boolean isOverdue(Limits limits, long now) {
    Duration limit;
    if (requests > 0) {
      limit = limits.response();
    } else {
      limit = served ? limits.nextRequest() : limits.firstRequest();
    }
    return now - since > limit.toNanos();
  }

  void close() {
    endPoint.close();
  }
}
