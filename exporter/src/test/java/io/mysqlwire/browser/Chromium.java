package io.mysqlwire.browser;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.Leftovers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A headless Chromium with a fresh profile of its own. Needs {@code chromium} on the path (Debian's
 * package of that name).
 */
final class Chromium implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Tab> tabs = new ArrayList<>();
  private final Path directory;
  private final Process process;

  private Chromium(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  static Chromium start() throws Exception {
    Path directory = Leftovers.directory("mysqlwire-chromium-");
    ProcessBuilder builder =
        new ProcessBuilder(
            "chromium",
            "--headless",
            "--no-sandbox", // it refuses to run as root with one
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-breakpad",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            "--lang=en",
            "--remote-debugging-port=0",
            "--user-data-dir=" + directory.resolve("profile"),
            "about:blank");
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("XDG_CONFIG_HOME", directory.toString());
    builder.environment().put("XDG_CACHE_HOME", directory.toString());
    Chromium browser =
        new Chromium(
            directory,
            Leftovers.start(
                builder
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())));
    try {
      Await.until("chromium listens", browser::listens);
    } catch (Exception | AssertionError e) {
      String log = Files.readString(directory.resolve("log"));
      browser.close();
      throw new IOException("chromium does not start; it says:\n" + log, e);
    }
    return browser;
  }

  private boolean listens() throws IOException {
    if (!process.isAlive()) {
      throw new IOException("ended with status " + process.exitValue());
    }
    return Files.exists(portFile()) && Files.readString(portFile()).contains("\n");
  }

  /** The browser's own way to say which port it found: the port, then a path. */
  private Path portFile() {
    return directory.resolve("profile/DevToolsActivePort");
  }

  /** A new tab, in front of the others. */
  Tab open() throws IOException, InterruptedException {
    String port = Files.readString(portFile()).lines().findFirst().orElseThrow();
    URI uri = URI.create("http://127.0.0.1:" + port + "/json/new?about:blank");
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(uri).PUT(BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("no new tab: " + answer.body());
    }
    String socket =
        new ObjectMapper().readTree(answer.body()).path("webSocketDebuggerUrl").asText();
    Tab tab = Tab.connect(client, URI.create(socket));
    tabs.add(tab);
    return tab;
  }

  /** Ends the browser within bounds and removes its profile. */
  @Override
  public void close() throws IOException {
    tabs.forEach(Tab::disconnect);
    List<ProcessHandle> children = process.descendants().toList();
    Leftovers.end(process);
    children.forEach(child -> child.onExit().join());
    Leftovers.delete(directory);
  }
}
