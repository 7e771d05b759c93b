package io.mysqlwire.prometheus;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A page that an exporter gave once, for what the one under test can't say: its kernel may refuse
 * to trace fsync calls, and its servers have no probes.
 */
final class RecordedPage implements AutoCloseable {
  private final HttpServer server;

  private RecordedPage(HttpServer server) {
    this.server = server;
  }

  /** Serves files of the text format, one after the other. */
  static RecordedPage serve(List<Path> files) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : files) {
      text.append(Files.readString(file).strip()).append('\n');
    }
    byte[] page = text.toString().getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    return new RecordedPage(server);
  }

  /** Host and port to scrape. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
