package io.mysqlwire.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.zip.GZIPInputStream;

/** Scrapes one page as Prometheus does, on one connection. */
final class MetricsClient {
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI page;

  MetricsClient(String page) {
    this.page = URI.create(page);
  }

  /**
   * One scrape.
   *
   * @param bytes sent
   * @param series samples in it
   */
  record Scrape(int bytes, int series) {}

  Scrape scrape(boolean gzip) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(60));
    if (gzip) {
      request.header("Accept-Encoding", "gzip");
    }
    HttpResponse<byte[]> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    byte[] body = response.body();
    if (response.statusCode() != 200) {
      throw new IllegalStateException(page + " answered " + response.statusCode());
    }
    return new Scrape(body.length, series(gzip ? unzip(body) : body));
  }

  private static int series(byte[] text) {
    int series = 0;
    boolean lineStarts = true;
    for (byte b : text) {
      if (lineStarts && b != '#' && b != '\n') {
        series++;
      }
      lineStarts = b == '\n';
    }
    return series;
  }

  private static byte[] unzip(byte[] body) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readAllBytes();
    }
  }
}
