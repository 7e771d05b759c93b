package io.mysqlwire.exporter.cli;

import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.Leftovers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The program as a process of its own that serves, {@code run} or {@code serve}, up to its end, and
 * its pages. {@code run} needs root.
 */
public final class RunningExporter implements AutoCloseable {
  /** As both formats of the log have it. */
  private static final Pattern LISTENING =
      Pattern.compile("listening.*?address\\W+((?:127\\.0\\.0\\.1|\\[::1\\]):[0-9]+)");

  private final Path directory;
  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();

  private RunningExporter(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  /** Starts it on a free port. */
  static RunningExporter start(String... flags) throws Exception {
    return start(Map.of("MYSQL_WIRE_WEB_LISTEN_ADDRESS", "127.0.0.1:0"), flags);
  }

  /** Starts it; the flags or the variables have to name an address, and the log to be readable. */
  static RunningExporter start(Map<String, String> variables, String... flags) throws Exception {
    return launch(variables, flags).awaitListening();
  }

  /** Starts it without waiting for anything. */
  static RunningExporter launch(Map<String, String> variables, String... flags) throws IOException {
    List<String> command = ExporterProcess.command(ExporterProcess.classPath(), "run");
    command.addAll(List.of(flags));
    return launch(command, variables);
  }

  /** Starts what serves with this command line; one of its flags has to name an address. */
  public static RunningExporter start(List<String> command) throws Exception {
    return launch(command, Map.of()).awaitListening();
  }

  private static RunningExporter launch(List<String> command, Map<String, String> variables)
      throws IOException {
    Path directory = Leftovers.directory("mysql-wire-exporter-");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile());
    builder.environment().putAll(variables);
    return new RunningExporter(directory, Leftovers.start(builder));
  }

  private RunningExporter awaitListening() throws Exception {
    try {
      Await.until("a page", this::listens);
      return this;
    } catch (Exception | AssertionError e) {
      close();
      throw e;
    }
  }

  private boolean listens() throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError("it ended with " + process.exitValue() + ": " + log());
    }
    return !addresses().isEmpty();
  }

  /** Where it listens, in the order of its flags. */
  public List<String> addresses() throws IOException {
    return LISTENING.matcher(log()).results().map((MatchResult found) -> found.group(1)).toList();
  }

  /** Everything that it has logged. */
  public String log() throws IOException {
    return Files.readString(directory.resolve("log"));
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** {@code kill -9}. */
  public void kill() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    close();
  }

  /** A page at the first address. */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return get(addresses().get(0), path);
  }

  HttpResponse<String> get(String address, String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + path)).build();
    return client.send(request, BodyHandlers.ofString());
  }

  String metrics() throws IOException, InterruptedException {
    HttpResponse<String> response = get("/metrics");
    if (response.statusCode() != 200) {
      throw new IOException("the page answered " + response.statusCode() + ": " + response.body());
    }
    return response.body();
  }

  /** Samples of the metrics whose line begins with {@code start}: label text to value. */
  List<String> samples(String start) throws IOException, InterruptedException {
    return metrics().lines().filter(line -> line.startsWith(start)).toList();
  }

  @Override
  public void close() throws IOException {
    Leftovers.end(process);
    Leftovers.delete(directory);
  }
}
