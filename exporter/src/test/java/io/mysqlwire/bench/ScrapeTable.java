package io.mysqlwire.bench;

import java.util.Locale;

/** The two tables of {@link ScrapeBench}, in Markdown. */
final class ScrapeTable {
  private final StringBuilder scrapes =
      new StringBuilder(
          """
          | scraped | body | series | bytes | CPU ms per scrape | CPU ms per 1,000 series |
          |---|---|---|---|---|---|
          """);
  private final StringBuilder processes =
      new StringBuilder(
          """
          | process | RSS MiB after all scrapes | most MiB ever | seconds from exec to the end of the first scrape | CPU ms up to then |
          |---|---|---|---|---|
          """);

  void add(String name, boolean gzip, ScrapeFigures figures) {
    scrapes.append(
        String.format(
            Locale.ROOT,
            "| %s | %s | %,d | %,d | %s | %s |%n",
            name,
            gzip ? "gzip" : "plain",
            figures.series(),
            figures.bytes(),
            figures.milliseconds(),
            figures.perThousandSeries()));
  }

  void addProcess(String name, double rss, double most, Spread seconds, Spread milliseconds) {
    processes.append(
        String.format(
            Locale.ROOT,
            "| %s | %.1f | %.1f | %s | %s |%n",
            name,
            rss,
            most,
            seconds,
            milliseconds));
  }

  @Override
  public String toString() {
    return scrapes + "\n" + processes;
  }
}
