package io.mysqlwire.exporter.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** One scrape on a connection of its own, with all the time that it needs. */
record Scrape(int status, String body) {
  private static final int LIMIT_MILLISECONDS = 60_000;

  static Scrape of(InetSocketAddress address) throws IOException {
    return of(address, "");
  }

  /**
   * Scrapes.
   *
   * @param login {@code user:password}, empty for none
   */
  static Scrape of(InetSocketAddress address, String login) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + address.getPort() + "/metrics")
                .toURL()
                .openConnection();
    connection.setConnectTimeout(LIMIT_MILLISECONDS);
    connection.setReadTimeout(LIMIT_MILLISECONDS);
    connection.setRequestProperty("Connection", "close");
    if (!login.isEmpty()) {
      byte[] bytes = login.getBytes(StandardCharsets.UTF_8);
      connection.setRequestProperty(
          "Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    int status = connection.getResponseCode();
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return new Scrape(status, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
