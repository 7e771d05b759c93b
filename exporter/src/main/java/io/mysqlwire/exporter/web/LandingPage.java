package io.mysqlwire.exporter.web;

import io.mysqlwire.bpf.WireSnapshot;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The page for people: what this is, where the metrics are, and how things stand right now. */
public final class LandingPage implements Request.Handler {
  /** Rows of the table of backends; the metrics have them all. */
  private static final int MOST_BACKENDS = 20;

  private final String version;
  private final String telemetryPath;
  private final String tap;
  private final Supplier<WireSnapshot> snapshots;

  /**
   * Shows a fresh snapshot on each request.
   *
   * @param tap which tap runs and why, as people should read it
   */
  public LandingPage(
      String version, String telemetryPath, String tap, Supplier<WireSnapshot> snapshots) {
    this.version = version;
    this.telemetryPath = telemetryPath;
    this.tap = tap;
    this.snapshots = snapshots;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String page = render(snapshots.get());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html; charset=utf-8");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    Content.Sink.write(response, true, page, callback);
    return true;
  }

  String render(WireSnapshot snapshot) {
    Status status = Status.of(snapshot, MOST_BACKENDS);
    Html html = new Html();
    html.markup(
            """
            <!DOCTYPE html>
            <html lang=en>
            <meta charset=utf-8>
            <meta name=viewport content="width=device-width">
            <title>mysql-wire-exporter</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            table { border-collapse: collapse; margin: .5rem 0 1.5rem; }
            th, td { text-align: left; padding: .2rem 1.2rem .2rem 0; border-bottom: 1px solid #ddd; }
            td { font-variant-numeric: tabular-nums; }
            th { font-weight: 500; }
            @media (prefers-color-scheme: dark) { body { background: #111; color: #ddd; } a { color: #8bf; } th, td { border-color: #333; } }
            </style>
            <h1>mysql-wire-exporter</h1>
            <p>What MySQL and MariaDB on this host answer to whom, counted in the kernel for Prometheus.
            """)
        .markup("Version ")
        .text(version)
        .markup(".</p>\n<p><a href=\"")
        .text(telemetryPath)
        .markup(
            """
            ">Metrics</a> · <a href="/-/healthy">healthy</a> · <a href="/-/ready">ready</a></p>
            """);
    sums(html, snapshot, status);
    backends(html, snapshot, status);
    return html.toString();
  }

  private void sums(Html html, WireSnapshot snapshot, Status status) {
    html.markup("<h2>Now</h2>\n<table>\n");
    html.row("tap", tap);
    html.row("backends", Long.toString(snapshot.backends().size()));
    html.row("connections", Long.toString(status.connections()));
    html.row("commands in flight", Long.toString(status.inFlight()));
    status
        .responses()
        .forEach((type, count) -> html.row("responses " + type.label(), Long.toString(count)));
    if (status.lost().isEmpty()) {
      html.row("lost", "0");
    }
    status.lost().forEach((reason, count) -> html.row("lost " + reason.label(), count.toString()));
    html.markup("</table>\n");
  }

  private static void backends(Html html, WireSnapshot snapshot, Status status) {
    if (status.busiest().isEmpty()) {
      html.markup("<p>No connection to a watched port was seen yet.</p>\n");
      return;
    }
    html.markup("<h2>Busiest backends</h2>\n<table>\n<tr><th>backend</th><th>user</th><th>server")
        .markup("</th><th>connections</th><th>responses</th><th>errors</th></tr>\n");
    for (Status.BackendStatus line : status.busiest()) {
      html.row(
          line.counters().backend().backend(),
          line.counters().backend().user(),
          line.counters().backend().server(),
          Long.toString(line.counters().connections()),
          Long.toString(line.responses()),
          Long.toString(line.errors()));
    }
    html.markup("</table>\n");
    int hidden = snapshot.backends().size() - status.busiest().size();
    if (hidden > 0) {
      html.markup("<p>" + hidden + " more are in the metrics.</p>\n");
    }
  }
}
