package io.mysqlwire.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * An exporter to be measured.
 *
 * @param name as in the table
 * @param command that starts it
 * @param environment variables it needs
 * @param page what Prometheus would scrape
 */
record Subject(String name, List<String> command, Map<String, String> environment, String page) {
  /** A bound, not an expectation. */
  private static final int START_SECONDS = 60;

  /**
   * A running exporter.
   *
   * @param seconds from exec to the end of its first complete scrape
   * @param cpuMilliseconds of CPU in that time
   */
  record Started(
      MeasuredProcess process, MetricsClient client, double seconds, double cpuMilliseconds) {}

  Started start() throws IOException, InterruptedException {
    MetricsClient client = new MetricsClient(page);
    MeasuredProcess process = MeasuredProcess.start(command, environment);
    while (process.isAlive() && process.age() < START_SECONDS) {
      try {
        client.scrape(true);
        double seconds = process.age();
        return new Started(process, client, seconds, process.cpuMilliseconds());
      } catch (IOException e) {
        Thread.sleep(2); // not listening yet
      }
    }
    String log = process.log();
    process.close();
    throw new IOException(name + " serves no page; it said:\n" + log);
  }
}
