package io.mysqlwire.exporter.web;

import io.mysqlwire.exporter.health.Reason;
import io.mysqlwire.exporter.health.ServerHealth;
import io.mysqlwire.exporter.health.Verdict;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The verdicts on the status page: a line for each server, and below it what was before. */
final class HealthSection {
  /** As many as a page is read for; the metrics have all. */
  private static final int MOST_SERVERS = 12;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private HealthSection() {}

  static void render(Html html, List<ServerHealth> servers) {
    if (servers.isEmpty()) {
      return;
    }
    html.markup("<section aria-labelledby=health>\n<h2 id=health>Health</h2>\n");
    html.markup("<ul class=health>\n");
    servers.stream().limit(MOST_SERVERS).forEach(server -> server(html, server));
    html.markup("</ul>\n");
    if (servers.size() > MOST_SERVERS) {
      html.element("p", servers.size() - MOST_SERVERS + " more are in the metrics.");
    }
    html.markup("</section>\n");
  }

  private static void server(Html html, ServerHealth server) {
    Verdict verdict = server.verdict();
    html.markup("<li class=" + kind(verdict) + ">");
    html.element("b", server.server()).markup(" ");
    html.element("strong", word(verdict.reason())).markup(" since ");
    time(html, verdict.since()).text(": " + verdict.evidence() + ".");
    // The first is the verdict itself.
    if (server.changes().size() > 1) {
      html.markup("\n<details><summary>Last changes</summary>\n<ol>\n");
      for (Verdict change : server.changes()) {
        html.markup("<li>");
        time(html, change.since())
            .text(" " + word(change.reason()) + ": " + change.evidence())
            .markup("</li>\n");
      }
      html.markup("</ol></details>");
    }
    html.markup("</li>\n");
  }

  private static Html time(Html html, Instant at) {
    return html.element("time datetime=\"" + at + '"', TIME.format(at));
  }

  private static String kind(Verdict verdict) {
    return verdict.healthy().map(is -> is ? "well" : "sick").orElse("unknown");
  }

  private static String word(Reason reason) {
    return reason.label().replace('_', ' ');
  }
}
