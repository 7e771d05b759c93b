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
          | process | RSS MiB after scrapes with gzip | and then plain | most ever | seconds from exec to the end of the first scrape | CPU ms up to then |
          |---|---|---|---|---|---|
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

  void addProcess(
      String name, double zipped, double plain, double most, Spread seconds, Spread milliseconds) {
    processes.append(
        String.format(
            Locale.ROOT,
            "| %s | %.1f | %.1f | %.1f | %s | %s |%n",
            name,
            zipped,
            plain,
            most,
            seconds,
            milliseconds));
  }

  @Override
  public String toString() {
    return scrapes + "\n" + processes;
  }
}
