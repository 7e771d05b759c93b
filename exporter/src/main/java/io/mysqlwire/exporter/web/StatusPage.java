package io.mysqlwire.exporter.web;

import io.mysqlwire.exporter.status.Latency;
import io.mysqlwire.exporter.status.Status;
import io.mysqlwire.exporter.status.Warning;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A status as HTML that needs no script: {@code status.js} only fetches the same page again and
 * again, and puts its {@code main} in the place of the one shown.
 */
final class StatusPage {
  /** Warnings and servers to name; a host can have hundreds of addresses. */
  private static final int MOST_NAMED = 12;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Pattern FLAG = Pattern.compile("--[a-z0-9.-]*[a-z0-9]");

  private final Supplier<About> about;
  private final InlineResource style = InlineResource.read("status.css");
  private final InlineResource script = InlineResource.read("status.js");

  StatusPage(Supplier<About> about) {
    this.about = about;
  }

  /** Allows what this page has in it, and nothing from anywhere else. */
  String securityPolicy() {
    return "default-src 'none'; style-src %s; script-src %s; connect-src 'self'; img-src data:;"
            .formatted(style.hash(), script.hash())
        + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  String render(Status status, Instant now) {
    Html html = new Html();
    head(html, status);
    html.markup("<main>\n");
    figures(html, status);
    circumstances(html, status, now);
    warnings(html, status.warnings());
    StatusTables.errors(html, status);
    StatusTables.backends(html, status);
    html.markup("</main>\n<footer><p>What each metric means: ").markup("<code>README.md</code>.");
    html.markup(" What to do about alerts: <code>rules/runbook.md</code>.</p></footer>\n");
    return html.markup("<script>").markup(script.text()).markup("</script>\n").toString();
  }

  private void head(Html html, Status status) {
    html.markup(
            """
            <!DOCTYPE html>
            <html lang=en>
            <meta charset=utf-8>
            <meta name=viewport content="width=device-width">
            <meta name=color-scheme content="light dark">
            <noscript><meta http-equiv=refresh content=5></noscript>
            <link rel=icon href="data:,">
            """)
        .element(
            "title", Quantity.rate(status.errorsPerSecond()) + " errors/s – mysql-wire-exporter")
        .markup("\n<style>")
        .markup(style.text())
        .markup(
            """
            </style>
            <header>
            <h1>mysql-wire-exporter</h1>
            <p>What MySQL and MariaDB on this host answer to whom, counted in the kernel. \
            """)
        .text("Version " + about.get().version() + ".")
        .markup("</p>\n<nav><a href=\"")
        .text(about.get().telemetryPath().substring(1))
        .markup(
            """
            ">Metrics</a> <a href="-/healthy">Healthy</a> <a href="-/ready">Ready</a> \
            <a id=refresh href="./">Refresh</a><span id=state role=status></span></nav>
            </header>
            """);
  }

  private static void figures(Html html, Status status) {
    html.markup("<dl class=figures>\n");
    figure(
        html,
        status.errorsPerSecond() > 0 ? "bad" : "",
        "errors/s",
        Quantity.rate(status.errorsPerSecond()),
        Quantity.share(status.errorsPerSecond(), status.responsesPerSecond()) + " of responses");
    figure(html, "", "responses/s", Quantity.rate(status.responsesPerSecond()), "");
    figure(
        html,
        "",
        "response time, p99",
        Quantity.quantile(status.latency().quantile(0.99), Latency.LONGEST),
        "p50 " + Quantity.quantile(status.latency().quantile(0.5), Latency.LONGEST));
    figure(html, "", "commands in flight", Quantity.count(status.inFlight()), "");
    figure(
        html,
        status.waitsLong() ? "bad" : "",
        "oldest command",
        Quantity.age(status.oldestSeconds()),
        "");
    figure(html, "", "connections", Quantity.count(status.connections()), "");
    html.markup("</dl>\n");
  }

  private static void figure(Html html, String kind, String name, String value, String more) {
    html.markup(kind.isEmpty() ? "<div>" : "<div class=" + kind + ">");
    html.element("dt", name).element("dd", value);
    if (!more.isEmpty()) {
      html.element("dd class=more", more);
    }
    html.markup("</div>\n");
  }

  private void circumstances(Html html, Status status, Instant now) {
    html.markup("<p class=circumstances>");
    html.text("Watching " + about.get().watched());
    if (!status.servers().isEmpty()) {
      html.text(", seen as " + named(status.servers()) + ",");
    }
    html.text(" with the ")
        .element("b", about.get().tap())
        .text(" tap (" + about.get().tapReason() + "). ");
    html.text("Rates and times are those of the last ")
        .element("b", Math.round(status.windowSeconds()) + " s")
        .markup(", as of <time id=as-of datetime=\"" + now.truncatedTo(ChronoUnit.SECONDS) + "\">")
        .text(TIME.format(now))
        .markup("</time>.</p>\n");
  }

  private static String named(List<String> servers) {
    String shown = servers.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    int more = servers.size() - MOST_NAMED;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  private static void warnings(Html html, List<Warning> warnings) {
    if (warnings.isEmpty()) {
      return;
    }
    html.markup(
        "<section aria-labelledby=warnings>\n<h2 id=warnings>What may be missing here</h2>\n");
    html.markup("<ul class=warnings>\n");
    for (Warning warning : warnings.subList(0, Math.min(MOST_NAMED, warnings.size()))) {
      html.markup(warning.isNow() ? "<li class=now>" : "<li>");
      html.element("b", warning.what() + ".").markup(" ");
      remedy(html, warning.remedy()).markup("</li>\n");
    }
    html.markup("</ul>\n");
    if (warnings.size() > MOST_NAMED) {
      html.element("p", warnings.size() - MOST_NAMED + " more are in the metrics.");
    }
    html.markup("</section>\n");
  }

  /** A remedy, with the flags in it as they are typed. */
  private static Html remedy(Html html, String text) {
    Matcher flag = FLAG.matcher(text);
    int end = 0;
    while (flag.find()) {
      html.text(text.substring(end, flag.start())).element("code", flag.group());
      end = flag.end();
    }
    return html.text(text.substring(end));
  }
}
