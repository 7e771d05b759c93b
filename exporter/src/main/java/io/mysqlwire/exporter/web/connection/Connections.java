package io.mysqlwire.exporter.web.connection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/**
 * The open connections.
 *
 * <p>When there is one too many, the one goes that has been without a request longest. So whoever
 * sends a request soon after connecting is served, however many others connect and keep silent;
 * refusing the newest instead would let those who keep silent shut everybody out.
 */
public final class Connections implements Connection.Listener {
  private final Limits limits;
  private final Map<EndPoint, OpenConnection> open = new HashMap<>();

  public Connections(Limits limits) {
    this.limits = limits;
  }

  @Override
  public void onOpened(Connection connection) {
    EndPoint endPoint = connection.getEndPoint();
    if (endPoint instanceof EndPoint.Wrapper) {
      return; // the connection inside TLS; the one outside is here already
    }
    Optional<OpenConnection> tooMany = Optional.empty();
    synchronized (this) {
      OpenConnection opened = new OpenConnection(endPoint, System.nanoTime());
      open.put(endPoint, opened);
      if (open.size() > limits.connections()) {
        tooMany = Optional.of(longestWaiting().orElse(opened));
      }
    }
    tooMany.ifPresent(OpenConnection::close); // calls onClosed, perhaps on another thread
  }

  private Optional<OpenConnection> longestWaiting() {
    long now = System.nanoTime();
    return open.values().stream()
        .filter(OpenConnection::isWaiting)
        .max(Comparator.comparingLong(connection -> now - connection.since()));
  }

  @Override
  public synchronized void onClosed(Connection connection) {
    open.remove(connection.getEndPoint());
  }

  synchronized void requestBegins(Request request) {
    OpenConnection connection = open.get(network(request));
    if (connection != null) {
      connection.requestBegins(System.nanoTime());
    }
  }

  synchronized void requestEnds(Request request) {
    OpenConnection connection = open.get(network(request));
    if (connection != null) {
      connection.requestEnds(System.nanoTime());
    }
  }

  private static EndPoint network(Request request) {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    while (endPoint instanceof EndPoint.Wrapper inTls) {
      endPoint = inTls.unwrap();
    }
    return endPoint;
  }

  /** Closes those whose time is over. */
  void closeOverdue() {
    List<OpenConnection> overdue = new ArrayList<>();
    synchronized (this) {
      long now = System.nanoTime();
      open.values().stream()
          .filter(connection -> connection.isOverdue(limits, now))
          .forEach(overdue::add);
    }
    overdue.forEach(OpenConnection::close);
  }
}
