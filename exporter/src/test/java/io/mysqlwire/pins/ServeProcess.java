package io.mysqlwire.pins;

import io.mysqlwire.testing.Leftovers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running {@code serve}. */
final class ServeProcess implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("msg=listening address=(\\S+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final URI address;
  private final HttpClient client = HttpClient.newHttpClient();

  private ServeProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  static ServeProcess start(List<String> command) throws IOException {
    Process process = Leftovers.start(new ProcessBuilder(command));
    BufferedReader log = process.errorReader();
    StringBuilder said = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      said.append(line).append('\n');
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        drain(log);
        return new ServeProcess(process, URI.create("http://" + listening.group(1)));
      }
    }
    Leftovers.end(process);
    throw new AssertionError("serve ended: " + said);
  }

  /** Nobody reads what it logs from now on; a full pipe would stop it. */
  private static void drain(BufferedReader log) {
    Thread reader =
        new Thread(
            () -> {
              try {
                log.transferTo(Writer.nullWriter());
              } catch (IOException e) {
                // The process ended.
              }
            },
            "log of serve");
    reader.setDaemon(true);
    reader.start();
  }

  long pid() {
    return process.pid();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    Leftovers.end(process);
  }

  @Override
  public void close() {
    Leftovers.end(process);
  }
}
