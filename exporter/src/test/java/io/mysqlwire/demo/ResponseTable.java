package io.mysqlwire.demo;

import java.io.PrintStream;
import java.time.Duration;

/** The live table: drawn over itself on a terminal, one after the other elsewhere. */
final class ResponseTable {
  private static final String HEADING =
      String.format(
          "%-12s %-10s %-12s %-26s %9s %9s %10s",
          "BACKEND", "USER", "RESPONSE", "ERROR", "PER SEC", "TOTAL", "LATENCY");
  private static final String CLEAR_LINE = "\033[K";
  private static final String BOLD = "\033[1m";
  private static final String RED = "\033[31m";
  private static final String PLAIN = "\033[0m";

  private final PrintStream out;
  private final boolean terminal;
  private final String footer;
  private Page before = Page.parse("");
  private int drawn;

  ResponseTable(PrintStream out, boolean terminal, String footer) {
    this.out = out;
    this.terminal = terminal;
    this.footer = footer;
  }

  void draw(Page page, Duration sinceLast) {
    StringBuilder text = new StringBuilder();
    if (terminal && drawn > 0) {
      text.append("\033[").append(drawn).append('A'); // back to the first line
    }
    drawn = 0;
    line(text, HEADING, BOLD);
    page.responses.forEach(
        (series, total) -> line(text, row(page, series, total, sinceLast), colour(series)));
    line(text, "", PLAIN);
    line(text, footer, PLAIN);
    out.print(text);
    out.flush();
    before = page;
  }

  private void line(StringBuilder text, String line, String colour) {
    drawn++;
    text.append(terminal ? colour + line + PLAIN + CLEAR_LINE : line).append('\n');
  }

  private static String colour(Page.Series series) {
    return series.code().isEmpty() ? PLAIN : RED;
  }

  private String row(Page page, Page.Series series, double total, Duration sinceLast) {
    double rate = (total - before.responses.getOrDefault(series, 0.0)) / seconds(sinceLast);
    double latency = page.meanLatency(series.who(), before);
    String error =
        series.code().isEmpty()
            ? ""
            : series.code() + " " + page.errors.getOrDefault(series.code(), "").replace("ER_", "");
    return String.format(
        "%-12s %-10s %-12s %-26s %9.1f %9.0f %10s",
        series.backend(),
        series.user(),
        series.type(),
        error.length() > 26 ? error.substring(0, 26) : error,
        rate,
        total,
        Double.isNaN(latency) ? "" : String.format("%.2f ms", latency * 1e3));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
