package io.mysqlwire.prometheus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Prometheus of its own for one test: fresh data, free loopback port, a scrape and an evaluation
 * of all rules each second. Needs {@code prometheus} on the path (Debian's package of that name).
 */
final class PrometheusServer implements AutoCloseable {
  /** Bounds, not expectations. */
  private static final int START_SECONDS = 120;

  private static final int STOP_SECONDS = 30;

  private final Path directory;
  private final Process process;
  private final PrometheusApi api;
  private final Thread atExit = new Thread(this::kill, "prometheus-exit");

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
  static PrometheusServer start(Map<String, String> targets, List<Path> ruleFiles)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("mysqlwire-prometheus-");
    int port = freePort();
    String self = "127.0.0.1:" + port;
    Files.writeString(directory.resolve("prometheus.yml"), configuration(targets, ruleFiles, self));
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + directory.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + directory.resolve("tsdb"),
                "--web.listen-address=" + self,
                "--log.level=warn")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("prometheus.log").toFile())
            .start();
    PrometheusServer server =
        new PrometheusServer(directory, process, new PrometheusApi(URI.create("http://" + self)));
    Runtime.getRuntime().addShutdownHook(server.atExit);
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

  PrometheusApi api() {
    return api;
  }

  /** Ends the server within bounds and removes its data. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(atExit);
    delete();
  }

  /** For a JVM that ends first, by Ctrl-C for instance: nothing may stay behind. */
  private void kill() {
    try {
      process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
      delete();
    } catch (IOException | InterruptedException e) {
      System.err.println("could not remove " + directory + ": " + e.getMessage());
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
