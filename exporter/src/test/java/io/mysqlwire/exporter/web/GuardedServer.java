package io.mysqlwire.exporter.web;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.mysqlwire.exporter.web.delivery.Bodies;
import io.mysqlwire.exporter.web.delivery.SharedPage;
import io.mysqlwire.exporter.web.response.PlainText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** The web server with a web config file of its own, asked by the program curl. */
final class GuardedServer implements AutoCloseable {
  static final String PAGE = "mysql_wire_tap_info 1";

  private static final Request.Handler METRICS =
      (request, response, callback) -> {
        PlainText.send(response, callback, 200, PAGE);
        return true;
      };

  private final Path directory;
  private final WebServer web;
  private final String scheme;

  private GuardedServer(Path directory, WebServer web, String scheme) {
    this.directory = directory;
    this.web = web;
    this.scheme = scheme;
  }

  /** Serves with a file of this text in {@code directory}. */
  static GuardedServer start(Path directory, String config) throws Exception {
    write(directory, config);
    WebAccess access = WebAccess.open(directory.resolve("web.yml"));
    WebServer web = WebServer.open(List.of(new ListenAddress("127.0.0.1", 0)), Optional.of(access));
    web.start(
        new Pages(
            Map.of(
                "/metrics",
                new SharedPage(METRICS, new Bodies()),
                "/-/healthy",
                HealthPages.HEALTHY)));
    return new GuardedServer(directory, web, access.tls().isPresent() ? "https" : "http");
  }

  private static void write(Path directory, String config) throws IOException {
    Path fresh = directory.resolve("web.yml.new");
    Files.writeString(fresh, config);
    Files.move(fresh, directory.resolve("web.yml"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Replaces the file. */
  void rewrite(String config) throws IOException {
    write(directory, config);
  }

  static String bcrypt(String password, int cost, BCrypt.Version version) {
    return new String(
        BCrypt.with(version).hash(cost, password.getBytes(StandardCharsets.UTF_8)),
        StandardCharsets.US_ASCII);
  }

  ListenAddress address() {
    return web.addresses().get(0);
  }

  String url(String path) {
    return scheme + "://" + address() + path;
  }

  /** Response status and HTTP version, e.g. {@code 200 1.1}; {@code refused} without one. */
  String curl(String... arguments) throws IOException, InterruptedException {
    Tool.Result result = fetch("/metrics", "%{http_code} %{http_version}", arguments);
    String last = result.out().substring(result.out().lastIndexOf('\n') + 1);
    return last.startsWith("000") ? "refused" : last;
  }

  /** Everything that curl shows, headers included. */
  String show(String path, String... arguments) throws IOException, InterruptedException {
    return fetch(path, "", arguments).out();
  }

  private Tool.Result fetch(String path, String format, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("curl", "-s", "-k", "-i", "-w", "\n" + format));
    command.addAll(List.of(arguments));
    command.add(url(path));
    return Tool.run(directory, "", command);
  }

  /** What {@code openssl s_client} prints; it hangs up at once. */
  Tool.Result handshake(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_client", "-connect", address().toString()));
    command.addAll(List.of(arguments));
    return Tool.run(directory, "Q\n", command);
  }

  @Override
  public void close() {
    web.close();
  }
}
