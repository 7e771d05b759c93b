package io.mysqlwire.demo;

import io.mysqlwire.testing.Leftovers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The exporter in a process of its own, as people run it, and its page. */
public final class ExporterProcess implements AutoCloseable {
  private static final int START_SECONDS = 60;
  private static final Pattern LISTENING = Pattern.compile("listening.* address=(\\S+)");

  private final Process process;
  private final Path directory;
  private final HttpClient client = HttpClient.newHttpClient();

  private ExporterProcess(Process process, Path directory) {
    this.process = process;
    this.directory = directory;
  }

  /**
   * Starts the exporter and waits until it can be scraped.
   *
   * @param address where it listens; port 0 for any that is free
   * @param flags further ones
   */
  public static ExporterProcess start(int mysqlPort, String address, String... flags)
      throws IOException, InterruptedException {
    Path directory = Leftovers.directory("mysql-wire-exporter-");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.mysqlwire.exporter.Main",
                "run",
                "--mysql.port=" + mysqlPort,
                "--web.listen-address=" + address));
    command.addAll(List.of(flags));
    Process process =
        Leftovers.start(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(directory).toFile()));
    ExporterProcess exporter = new ExporterProcess(process, directory);
    try {
      exporter.awaitPage();
    } catch (IOException e) {
      exporter.close();
      throw e;
    }
    return exporter;
  }

  private void awaitPage() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        scrape();
        return;
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    throw new IOException(
        "the exporter serves no page; it said:\n" + Files.readString(log(directory)));
  }

  /** Where it listens, as its log says; nobody knows before. */
  public String url() throws IOException {
    Matcher line = LISTENING.matcher(Files.readString(log(directory)));
    if (!line.find()) {
      throw new IOException("the exporter does not listen yet");
    }
    return "http://" + line.group(1);
  }

  /** The page of the metrics as text. */
  String scrape() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/metrics"))
            .timeout(Duration.ofSeconds(10))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("the page answered " + response.statusCode() + ": " + response.body());
    }
    return response.body();
  }

  private static Path log(Path directory) {
    return directory.resolve("log");
  }

  @Override
  public void close() throws IOException {
    Leftovers.end(process);
    Leftovers.delete(directory);
  }
}
