package io.mysqlwire.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.exporter.collector.Snapshots;
import io.mysqlwire.exporter.collector.WireCollector;
import io.prometheus.client.CollectorRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies that are longer than what is held back, and memory that is used again. */
class LongScrapesTest {
  private static final WireSnapshot LARGE = Snapshots.of(1_000);

  private final HttpClient client = HttpClient.newHttpClient();
  private WebServer web;
  private URI page;

  @BeforeEach
  void serve() throws Exception {
    WireCollector wire =
        new WireCollector(() -> LARGE, () -> Snapshots.loaded(TapChoice.CGROUP), () -> 0);
    web = WebServer.open(List.of(new ListenAddress("127.0.0.1", 0)));
    page = URI.create("http://" + web.addresses().get(0) + "/metrics");
    web.start(
        new Pages(
            Map.of("/metrics", new MetricsPage(new Families(wire, new CollectorRegistry())))));
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void shouldSendWholeWhatIsTooLongToHold() throws Exception {
    byte[] body = send(request()).body();
    assertThat(body.length).isGreaterThan(10 * HeldBody.MOST_HELD);
    String text = new String(body, StandardCharsets.UTF_8);
    assertThat(text.lines().filter(line -> line.startsWith("mysql_wire_response_seconds_count{")))
        .hasSize(1_000);
    assertThat(text).endsWith("# EOF\n");
  }

  @Test
  void shouldSayHowLongAShortBodyIs() throws Exception {
    HttpRequest zipped = request().setHeader("Accept-Encoding", "gzip").build();
    HttpResponse<byte[]> response = client.send(zipped, BodyHandlers.ofByteArray());
    assertThat(response.headers().firstValueAsLong("Content-Length"))
        .hasValue(response.body().length);
  }

  @Test
  void shouldZipTheSameTextAgainAndAtOnce() throws Exception {
    byte[] plain = send(request()).body();
    HttpRequest zipped = request().setHeader("Accept-Encoding", "gzip").build();
    for (int round = 0; round < 5; round++) {
      List<CompletableFuture<HttpResponse<byte[]>>> scrapes =
          Stream.generate(() -> client.sendAsync(zipped, BodyHandlers.ofByteArray()))
              .limit(4)
              .toList();
      for (CompletableFuture<HttpResponse<byte[]>> scrape : scrapes) {
        assertThat(unzip(scrape.join().body())).isEqualTo(plain);
      }
    }
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(page)
        .header("Accept", "application/openmetrics-text; version=1.0.0");
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static byte[] unzip(byte[] zipped) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      return in.readAllBytes();
    }
  }
}
