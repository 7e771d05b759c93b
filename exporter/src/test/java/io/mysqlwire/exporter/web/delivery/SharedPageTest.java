package io.mysqlwire.exporter.web.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.web.ListenAddress;
import io.mysqlwire.exporter.web.Pages;
import io.mysqlwire.exporter.web.WebServer;
import io.mysqlwire.exporter.web.response.PlainText;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class SharedPageTest {
  private static final int CLIENTS = 50;

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger made = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch held = new CountDownLatch(1);

  private WebServer serve(Request.Handler page) throws Exception {
    WebServer web = WebServer.open(List.of(new ListenAddress("127.0.0.1", 0)));
    web.start(new Pages(Map.of("/metrics", new SharedPage(page, new Bodies()))));
    return web;
  }

  private CompletableFuture<HttpResponse<String>> get(WebServer web, String query) {
    URI uri = URI.create("http://" + web.addresses().get(0) + "/metrics" + query);
    return client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Test
  void shouldMakeOnePageForAllWhoCameMeanwhile() throws Exception {
    try (WebServer web =
        serve(
            (request, response, callback) -> {
              int number = made.incrementAndGet();
              begun.countDown();
              held.await();
              PlainText.send(response, callback, 200, "page " + number);
              return true;
            })) {
      CompletableFuture<HttpResponse<String>> first = get(web, "");
      begun.await();
      List<CompletableFuture<HttpResponse<String>>> others =
          IntStream.range(0, CLIENTS).mapToObj(i -> get(web, "")).toList();
      // Fifty wait for the page, and yet a thread is left to answer this.
      assertThat(get(web, "/none").join().statusCode()).isEqualTo(404);
      held.countDown();
      assertThat(first.join().body()).isEqualTo("page 1\n");
      for (CompletableFuture<HttpResponse<String>> other : others) {
        assertThat(other.join().statusCode()).isEqualTo(200);
        assertThat(other.join().body()).as("begun after it was asked for").isNotEqualTo("page 1\n");
      }
      assertThat(made.get()).isLessThan(CLIENTS / 2);
    }
  }

  @Test
  void shouldKeepDifferentPagesApart() throws Exception {
    try (WebServer web =
        serve(
            (request, response, callback) -> {
              PlainText.send(response, callback, 200, request.getHttpURI().getQuery());
              return true;
            })) {
      List<CompletableFuture<HttpResponse<String>>> pages =
          IntStream.range(0, CLIENTS).mapToObj(i -> get(web, "?q=" + i)).toList();
      for (int i = 0; i < CLIENTS; i++) {
        assertThat(pages.get(i).join().body()).isEqualTo("q=" + i + "\n");
      }
    }
  }

  @Test
  void shouldAnswerInAShortTextWhenAPageFails() throws Exception {
    try (WebServer web =
        serve(
            (request, response, callback) -> {
              throw new IllegalStateException("a name that is nobody's business");
            })) {
      HttpResponse<String> response = get(web, "").join();
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body()).isEqualTo("Server Error\n");
      assertThat(get(web, "").join().statusCode()).as("and again").isEqualTo(500);
    }
  }

  /** Without memory for what a response is delivered with. */
  private static final class NoMemory extends Response.Wrapper {
    NoMemory(Request request, Response response) {
      super(request, response);
    }

    @Override
    public HttpFields.Mutable getHeaders() {
      throw new OutOfMemoryError("rehearsed");
    }
  }

  @Test
  void shouldAnswerTheNextWhenOneCannotBeDelivered() throws Exception {
    SharedPage page =
        new SharedPage(
            (request, response, callback) -> {
              response.write(true, ByteBuffer.wrap("well again".getBytes(UTF_8)), callback);
              return true;
            },
            new Bodies());
    try (WebServer web = WebServer.open(List.of(new ListenAddress("127.0.0.1", 0)))) {
      web.start(
          new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
              boolean fails = made.getAndIncrement() == 0;
              return page.handle(
                  request, fails ? new NoMemory(request, response) : response, callback);
            }
          });
      assertThat(get(web, "").join().statusCode()).isEqualTo(500);
      assertThat(get(web, "").orTimeout(20, TimeUnit.SECONDS).join().body())
          .isEqualTo("well again");
    }
  }
}
