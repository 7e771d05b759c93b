package io.mysqlwire.prometheus;

import io.mysqlwire.testing.Leftovers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Prometheus of its own for one test: fresh data, free loopback port, a scrape and an evaluation
 * of all rules each second. Needs {@code prometheus} on the path (Debian's package of that name).
 */
public final class PrometheusServer implements AutoCloseable {
  /** A bound, not an expectation. */
  private static final int START_SECONDS = 120;

  private final Path directory;
  private final Process process;
  private final PrometheusApi api;

  private PrometheusServer(Path directory, Process process, PrometheusApi api) {
    this.directory = directory;
    this.process = process;
    this.api = api;
  }

  /**
   * Starts a server and waits until it is ready.
   *
   * @param targets host and port to scrape, by name of their job
   * @param ruleFiles rules to evaluate
   */
  public static PrometheusServer start(Map<String, String> targets, List<Path> ruleFiles)
      throws IOException, InterruptedException {
    Path directory = Leftovers.directory("mysqlwire-prometheus-");
    int port = freePort();
    String self = "127.0.0.1:" + port;
    Files.writeString(directory.resolve("prometheus.yml"), configuration(targets, ruleFiles, self));
    Process process =
        Leftovers.start(
            new ProcessBuilder(
                    "prometheus",
                    "--config.file=" + directory.resolve("prometheus.yml"),
                    "--storage.tsdb.path=" + directory.resolve("tsdb"),
                    "--web.listen-address=" + self,
                    "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile()));
    PrometheusServer server =
        new PrometheusServer(directory, process, new PrometheusApi(URI.create("http://" + self)));
    server.awaitReady();
    return server;
  }

  /**
   * The configuration; a job named {@code prometheus} without address scrapes the server itself.
   */
  private static String configuration(
      Map<String, String> targets, List<Path> ruleFiles, String self) {
    List<String> lines = new ArrayList<>();
    lines.add("global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}");
    lines.add("rule_files:");
    ruleFiles.forEach(file -> lines.add("  - '" + file.toAbsolutePath() + "'"));
    lines.add("scrape_configs:");
    targets.forEach(
        (job, address) -> {
          lines.add("  - job_name: " + job);
          lines.add("    static_configs:");
          lines.add("      - targets: ['" + (address.isEmpty() ? self : address) + "']");
        });
    return String.join("\n", lines) + "\n";
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!api.isReady()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        String log = Files.readString(directory.resolve("prometheus.log"));
        close();
        throw new IOException("prometheus did not become ready; it says:\n" + log);
      }
      Thread.sleep(50);
    }
  }

  public PrometheusApi api() {
    return api;
  }

  /** Ends the server within bounds and removes its data. */
  @Override
  public void close() throws IOException {
    Leftovers.end(process);
    Leftovers.delete(directory);
  }
}
