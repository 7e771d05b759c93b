package io.mysqlwire.exporter.web;

import io.mysqlwire.exporter.web.connection.Connections;
import io.mysqlwire.exporter.web.connection.Limits;
import io.mysqlwire.exporter.web.connection.PacedConnector;
import io.mysqlwire.exporter.web.connection.RequestsWithinLimits;
import io.mysqlwire.exporter.web.response.ShortErrors;
import io.mysqlwire.exporter.web.security.Gate;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server.
 *
 * <p>Opening and starting are two steps: {@link #open} finds out cheaply whether the ports are to
 * be had, before the kernel is touched; {@link #start} begins to answer when there is something to
 * answer with. Clients that come in between wait in the kernel's backlog.
 */
public final class WebServer implements AutoCloseable {
  /** Nobody waits on one: two pages in the making, TLS handshakes, and short answers. */
  private static final int HANDLER_THREADS = 6;

  private static final long IDLE_MILLISECONDS = 30_000;

  /** For threads that are at work when the server stops; Jetty's own limit is 5 s. */
  private static final long STOP_MILLISECONDS = 2_000;

  private final Server server;
  private final Optional<WebAccess> access;
  private final Connections connections;
  private final List<ListenAddress> addresses = new ArrayList<>();

  private WebServer(int listeners, Optional<WebAccess> access, Limits limits) {
    this.access = access;
    connections = new Connections(limits);
    QueuedThreadPool threads = new QueuedThreadPool(HANDLER_THREADS + listeners, 2);
    threads.setName("web");
    threads.setReservedThreads(0);
    threads.setStopTimeout(STOP_MILLISECONDS);
    server = new Server(threads);
    server.setErrorHandler(new ShortErrors());
  }

  /**
   * Takes the ports, for plain HTTP that everybody may read.
   *
   * @throws ListenException with all the addresses that could not be had
   */
  public static WebServer open(List<ListenAddress> wanted) throws ListenException {
    return open(wanted, Optional.empty(), Limits.USUAL);
  }

  /**
   * Takes the ports.
   *
   * @param access what {@code --web.config.file} says; empty for plain HTTP that everybody may read
   * @throws ListenException with all the addresses that could not be had
   */
  public static WebServer open(List<ListenAddress> wanted, Optional<WebAccess> access)
      throws ListenException {
    return open(wanted, access, Limits.USUAL);
  }

  static WebServer open(List<ListenAddress> wanted, Optional<WebAccess> access, Limits limits)
      throws ListenException {
    WebServer web = new WebServer(wanted.size(), access, limits);
    List<String> problems = new ArrayList<>();
    for (ListenAddress address : wanted) {
      web.open(address, problems);
    }
    if (!problems.isEmpty()) {
      web.close();
      throw new ListenException(problems);
    }
    return web;
  }

  private void open(ListenAddress address, List<String> problems) {
    ServerConnector connector = new PacedConnector(server, Protocols.of(access));
    connector.setHost(address.host().isEmpty() ? null : address.host());
    connector.setPort(address.port());
    connector.setIdleTimeout(IDLE_MILLISECONDS);
    connector.addBean(connections);
    server.addConnector(connector);
    try {
      connector.open();
      addresses.add(address.withPort(connector.getLocalPort()));
    } catch (IOException | UnresolvedAddressException e) {
      problems.add("can't listen on " + address + ": " + reason(address, e));
    }
  }

  private static String reason(ListenAddress address, Exception e) {
    Throwable cause = e.getCause() instanceof BindException ? e.getCause() : e;
    if (e instanceof UnresolvedAddressException
        || cause.getCause() instanceof UnresolvedAddressException) {
      return "no such host; give an address of this host";
    }
    String text = String.valueOf(cause.getMessage());
    if (text.contains("in use")) {
      return "the port is in use; stop the program that has it (see: ss -ltnp 'sport = :"
          + address.port()
          + "') or choose another port";
    }
    if (text.contains("assign requested")) {
      return "this host has no such address; give one that it has, or leave it out for all";
    }
    if (text.contains("Permission denied")) {
      return "not permitted; choose a port from 1024 up";
    }
    return text;
  }

  /** Begins to answer with {@code pages}. */
  public void start(Handler pages) throws Exception {
    Handler gated = access.isPresent() ? new Gate(access.get().file(), pages) : pages;
    server.setHandler(new RequestsWithinLimits(connections, gated));
    server.start();
  }

  /** Addresses listened on, with the ports that were found for 0. */
  public List<ListenAddress> addresses() {
    return List.copyOf(addresses);
  }

  /** Waits until the server is stopped. */
  public void join() throws InterruptedException {
    server.join();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the web server would not stop", e);
    } finally {
      // A server that never started closes no ports when it stops, and without acceptor threads
      // neither does its connector.
      for (Connector connector : server.getConnectors()) {
        if (connector.getTransport() instanceof Closeable port) {
          IO.close(port);
        }
      }
    }
  }
}
