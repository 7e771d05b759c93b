package io.mysqlwire.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.exporter.collector.Snapshots;
import io.mysqlwire.exporter.collector.WireCollector;
import io.mysqlwire.exporter.status.StatusReader;
import io.mysqlwire.exporter.web.delivery.Bodies;
import io.mysqlwire.exporter.web.delivery.SharedPage;
import io.mysqlwire.testing.Await;
import io.prometheus.client.CollectorRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PagesTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile Supplier<WireSnapshot> source = Snapshots::sample;
  private volatile Optional<String> problem = Optional.empty();
  private volatile Map<String, String> configured = Map.of();
  private volatile Instant now = Instant.EPOCH;
  private WebServer web;
  private String origin;

  @BeforeEach
  void serve() throws Exception {
    WireCollector wire =
        new WireCollector(
            () -> source.get(), () -> Snapshots.loaded(TapChoice.CGROUP), System::nanoTime);
    LandingPage landing =
        new LandingPage(
            () -> new About("1.2.3", "/metrics", "cgroup", "requested", "port 3306"),
            new StatusReader(() -> source.get(), System::nanoTime),
            () -> now);
    web = WebServer.open(List.of(new ListenAddress("127.0.0.1", 0)));
    origin = "http://" + web.addresses().get(0);
    web.start(
        new Pages(
            Map.of(
                "/",
                (request, response, callback) -> {
                  configured.forEach((name, value) -> response.getHeaders().put(name, value));
                  return landing.handle(request, response, callback);
                },
                "/-/healthy",
                HealthPages.HEALTHY,
                "/-/ready",
                HealthPages.ready(() -> problem, () -> "watching port 3306"),
                "/metrics",
                new SharedPage(
                    new MetricsPage(new Families(wire, new CollectorRegistry())), new Bodies()))));
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void shouldSpeakTextByDefault() throws Exception {
    HttpResponse<String> response = get("/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type"))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(response.body())
        .contains("# TYPE mysql_wire_responses_total counter\n")
        .contains("mysql_wire_lost_total{reason=\"response_gap\",} 3.0\n");
  }

  @Test
  void shouldSpeakOpenMetricsWhenAsked() throws Exception {
    HttpResponse<String> response =
        get("/metrics", "Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
    assertThat(header(response, "Content-Type"))
        .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(response.body())
        .contains("# TYPE mysql_wire_responses counter\n")
        .endsWith("# EOF\n");
  }

  @Test
  void shouldZipOnlyWhenAsked() throws Exception {
    HttpRequest request = request("/metrics").header("Accept-Encoding", "gzip, br").build();
    HttpResponse<byte[]> zipped = client.send(request, BodyHandlers.ofByteArray());
    assertThat(header(zipped, "Content-Encoding")).isEqualTo("gzip");
    assertThat(unzip(zipped.body())).contains("mysql_wire_tap_info");
    assertThat(get("/metrics", "Accept-Encoding", "gzip;q=0").headers().map())
        .doesNotContainKey("Content-Encoding");
  }

  @Test
  void shouldFilterByFamilyAndBySample() throws Exception {
    String families =
        get("/metrics?name[]=mysql_wire_map_entries&name[]=mysql_wire_tap_info").body();
    assertThat(families.lines().filter(line -> line.startsWith("# TYPE")))
        .containsExactly("# TYPE mysql_wire_map_entries gauge", "# TYPE mysql_wire_tap_info gauge");
    String samples = get("/metrics?name[]=mysql_wire_response_seconds_count").body();
    assertThat(samples.lines().filter(line -> !line.startsWith("#")))
        .hasSize(2)
        .allMatch(line -> line.startsWith("mysql_wire_response_seconds_count{"));
    assertThat(get("/metrics?name[]=mysql_wire_responses_total").body())
        .contains("response_type=\"resultset\"");
    assertThat(get("/metrics?name[]=no_such").body()).isEmpty();
  }

  @Test
  void shouldAnswer500WhenCollectingFails() throws Exception {
    source =
        () -> {
          throw new IllegalStateException("the map is gone");
        };
    HttpResponse<String> response = get("/metrics");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .isEqualTo("collecting failed: the map is gone; the exporter's log has more\n");
  }

  @Test
  void shouldShareACollectionAmongThoseWhoWait() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    AtomicInteger collections = new AtomicInteger();
    source =
        () -> {
          collections.incrementAndGet();
          await(held);
          return Snapshots.empty();
        };
    HttpRequest scrape = request("/metrics").build();
    List<CompletableFuture<HttpResponse<String>>> scrapes =
        Stream.generate(() -> client.sendAsync(scrape, BodyHandlers.ofString())).limit(20).toList();
    Await.until("one collects", () -> collections.get() == 1);
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
    held.countDown();
    assertThat(scrapes).allMatch(future -> future.join().statusCode() == 200);
    assertThat(collections.get()).isLessThan(scrapes.size());
  }

  @Test
  void shouldTellReadyFromHealthy() throws Exception {
    assertThat(get("/-/ready").statusCode()).isEqualTo(200);
    assertThat(get("/-/ready").body()).isEqualTo("OK\nwatching port 3306\n");
    problem = Optional.of("nothing is loaded");
    assertThat(get("/-/ready").statusCode()).isEqualTo(503);
    assertThat(get("/-/ready").body()).contains("nothing is loaded");
    assertThat(get("/-/healthy").body()).isEqualTo("OK\n");
  }

  @Test
  void shouldShowTheLandingPageAtTheRootOnly() throws Exception {
    HttpResponse<String> landing = get("/");
    assertThat(header(landing, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(landing, "Content-Security-Policy")).startsWith("default-src 'none';");
    assertThat(header(landing, "Cache-Control")).isEqualTo("no-store");
    assertThat(landing.body()).contains("<h1>mysql-wire-exporter</h1>", "ER_LOCK_DEADLOCK");
    assertThat(get("/index.html").statusCode()).isEqualTo(404);
    assertThat(get("/metrics/").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldReadTheKernelOnceForAllWhoLookInTheSameSecond() throws Exception {
    get("/");
    AtomicInteger reads = new AtomicInteger();
    source =
        () -> {
          reads.incrementAndGet();
          return Snapshots.sample();
        };
    get("/");
    get("/");
    assertThat(reads).hasValue(0);
    now = now.plusSeconds(1);
    get("/");
    get("/");
    assertThat(reads).hasValue(1);
  }

  @Test
  void shouldLeaveAPolicyThatIsConfigured() throws Exception {
    configured = Map.of("Content-Security-Policy", "default-src 'self'");
    assertThat(get("/").headers().allValues("Content-Security-Policy"))
        .containsExactly("default-src 'self'");
  }

  @Test
  void shouldStayHealthyHoweverManyLook() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    source =
        () -> {
          await(held);
          return Snapshots.sample();
        };
    HttpRequest view = request("/").build();
    List<CompletableFuture<HttpResponse<String>>> views =
        Stream.generate(() -> client.sendAsync(view, BodyHandlers.ofString())).limit(20).toList();
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
    held.countDown();
    assertThat(views.stream().map(future -> future.join().statusCode())).containsOnly(200);
  }

  @Test
  void shouldAnswer500WhenTheStatusFails() throws Exception {
    source =
        () -> {
          throw new IllegalStateException("the map is gone");
        };
    HttpResponse<String> response = get("/");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .isEqualTo("reading the counters failed: the map is gone; the exporter's log has more\n");
  }

  @Test
  void shouldAllowReadingOnly() throws Exception {
    HttpResponse<String> post =
        client.send(
            request("/metrics").POST(BodyPublishers.ofString("x=1")).build(),
            BodyHandlers.ofString());
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(header(post, "Allow")).isEqualTo("GET, HEAD");
    for (String path : List.of("/", "/metrics", "/-/healthy", "/-/ready")) {
      HttpResponse<String> head =
          client.send(
              request(path).method("HEAD", BodyPublishers.noBody()).build(),
              BodyHandlers.ofString());
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
    }
  }

  @Test
  void shouldNotNameTheServerSoftware() throws Exception {
    assertThat(get("/metrics").headers().map()).doesNotContainKeys("Server", "X-Powered-By");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create(origin + path.replace("[", "%5B").replace("]", "%5D")));
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static String unzip(byte[] zipped) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
