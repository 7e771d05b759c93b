package io.mysqlwire.exporter.web;

import io.mysqlwire.exporter.status.BackendStatus;
import io.mysqlwire.exporter.status.ErrorStatus;
import io.mysqlwire.exporter.status.Latency;
import io.mysqlwire.exporter.status.Status;
import io.mysqlwire.exporter.status.Top;
import java.util.OptionalDouble;

/** The two tables of the status page. */
final class StatusTables {
  private StatusTables() {}

  /** Who gets which errors. */
  static void errors(Html html, Status status) {
    begin(html, "errors", "Errors");
    if (status.errors().rows().isEmpty()) {
      html.markup("<p class=none>No error was answered since counting began.</p>\n</section>\n");
      return;
    }
    table(html, "errors", "Errors by backend and code");
    html.head(
        "Backend",
        "User",
        "#Errors/s",
        "#Total",
        "#Code",
        "Error",
        "Class",
        "SQLSTATE",
        "Response",
        "Server");
    html.markup("<tbody>\n");
    for (ErrorStatus line : status.errors().rows()) {
      html.markup("<tr>");
      backend(html, line.backend().backend(), line.name());
      html.cell(line.backend().user())
          .measure(line.perSecond(), Quantity.rate(line.perSecond()), line.perSecond() > 0)
          .count(line.total())
          .measure(line.error().code(), line.isOtherCodes() ? "other" : "" + line.error().code())
          .markup("<td class=name>");
      errorName(html, line)
          .markup("</td>")
          .cell(line.error().errorClass().label())
          .cell(line.error().sqlstate())
          .cell(line.type().label())
          .cell(line.backend().server())
          .markup("</tr>\n");
    }
    end(html, status.errors());
  }

  /** The name; where the two servers have one each, a line may end between them. */
  private static Html errorName(Html html, ErrorStatus line) {
    if (line.isOtherCodes()) {
      return html.text("codes that found no room");
    }
    String name = line.error().name();
    int end = name.indexOf('/') + 1;
    return html.text(name.substring(0, end))
        .markup(end > 0 ? "<wbr>" : "")
        .text(name.substring(end));
  }

  /** Who is served how. */
  static void backends(Html html, Status status) {
    begin(html, "backends", "Backends");
    if (status.backends().rows().isEmpty()) {
      html.markup("<p class=none>No connection to a watched port was seen yet.</p>\n</section>\n");
      return;
    }
    table(html, "backends", "Backends, those with most errors first");
    html.head(
        "Backend",
        "User",
        "#Errors/s",
        "#Share",
        "#Responses/s",
        "#In flight",
        "#Oldest",
        "#p50",
        "#p95",
        "#p99",
        "#Connections",
        "Server");
    html.markup("<tbody>\n");
    status.backends().rows().forEach(line -> backend(html, line));
    end(html, status.backends());
    html.markup(
        "<p class=note>p50, p95 and p99 are times from the last byte of a command to the first byte"
            + " of its answer, interpolated inside buckets of which each is twice as wide as the one"
            + " before, as <code>histogram_quantile()</code> does.</p>\n");
  }

  private static void backend(Html html, BackendStatus line) {
    html.markup("<tr>");
    backend(html, line.backend().backend(), line.name());
    double errors = line.errorsPerSecond();
    double responses = line.responsesPerSecond();
    html.cell(line.backend().user())
        .measure(errors, Quantity.rate(errors), errors > 0)
        .measure(responses == 0 ? 0 : errors / responses, Quantity.share(errors, responses))
        .measure(responses, Quantity.rate(responses))
        .count(line.inFlight())
        .measure(line.oldestSeconds(), Quantity.age(line.oldestSeconds()), line.waitsLong());
    for (double q : new double[] {0.5, 0.95, 0.99}) {
      OptionalDouble time = line.latency().quantile(q);
      html.measure(time.orElse(0), Quantity.quantile(time, Latency.LONGEST));
    }
    html.count(line.connections()).cell(line.backend().server()).markup("</tr>\n");
  }

  private static void backend(Html html, String address, String name) {
    html.markup("<th scope=row>").text(address);
    if (!name.isEmpty()) {
      html.markup(" <span class=hostname title=\"")
          .text(name)
          .markup("\">")
          .text(name)
          .markup("</span>");
    }
    html.markup("</th>");
  }

  private static void begin(Html html, String id, String heading) {
    html.markup("<section aria-labelledby=\"" + id + "-heading\">\n");
    html.element("h2 id=" + id + "-heading", heading).markup("\n");
  }

  /** A table in a box of its own that scrolls sideways, by keys as well. */
  private static void table(Html html, String id, String caption) {
    html.markup(
        "<div class=scroll role=region tabindex=0 aria-labelledby=\"" + id + "-heading\">\n");
    html.markup("<table id=" + id + ">\n").element("caption", caption).markup("\n");
  }

  private static void end(Html html, Top<?> top) {
    html.markup("</tbody>\n</table>\n</div>\n");
    if (top.more() > 0) {
      html.element("p class=note", Quantity.count(top.more()) + " more are in the metrics.");
    }
    html.markup("</section>\n");
  }
}
