package io.mysqlwire.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.mysqlwire.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A tab of a browser, over the DevTools protocol. */
final class Tab implements WebSocket.Listener {
  /** A bound, not an expectation. */
  private static final int PATIENCE_SECONDS = 120;

  private static final int MOST_ATTEMPTS = 5;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final StringBuilder message = new StringBuilder();
  private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();

  private Tab() {}

  static Tab connect(HttpClient client, URI uri) throws IOException {
    Tab tab = new Tab();
    tab.socket.complete(client.newWebSocketBuilder().buildAsync(uri, tab).join());
    tab.call("Page.enable", Map.of());
    tab.call("Log.enable", Map.of());
    tab.call("Runtime.enable", Map.of());
    return tab;
  }

  void disconnect() {
    socket.join().abort();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
    message.append(part);
    if (isLast) {
      receive(message.toString());
      message.setLength(0);
    }
    from.request(1);
    return CompletableFuture.completedStage(null);
  }

  private void receive(String text) {
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    CompletableFuture<JsonNode> call = calls.remove(node.path("id").asInt());
    if (call != null) {
      call.complete(node);
    }
    switch (node.path("method").asText()) {
      case "Log.entryAdded" -> complaints.add(node.at("/params/entry").toString());
      case "Runtime.exceptionThrown" -> complaints.add(node.at("/params").toString());
      default -> {}
    }
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    calls.values().forEach(call -> call.completeExceptionally(error));
  }

  /** Calls a method of the protocol. */
  JsonNode call(String method, Map<String, ?> parameters) throws IOException {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    calls.put(id, answer);
    String request =
        JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
    socket.join().sendText(request, true).join();
    JsonNode node = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    if (node.has("error")) {
      throw new IOException(method + ": " + node.path("error"));
    }
    return node.path("result");
  }

  /** Goes to a page and waits until it is there. */
  void visit(String url) throws Exception {
    JsonNode result = call("Page.navigate", Map.of("url", url));
    if (result.has("errorText")) {
      throw new IOException(url + ": " + result.path("errorText").asText());
    }
    Await.until(
        url + " is loaded",
        () ->
            evaluate(
                    "document.readyState === 'complete' && location.href.startsWith('" + url + "')")
                .asBoolean());
  }

  /** The value of an expression inside the page; works where the page's own scripts are off. */
  JsonNode evaluate(String expression) throws IOException {
    JsonNode result = NullNode.getInstance();
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      try {
        result = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        break;
      } catch (IOException e) {
        // A page that reloads itself just now takes the expression with it.
        if (attempt == MOST_ATTEMPTS
            || !String.valueOf(e.getMessage()).matches(".*(context|navigated).*")) {
          throw e;
        }
      }
    }
    if (result.has("exceptionDetails")) {
      throw new IOException(expression + ": " + result.path("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  /** The text that a person reads in the elements a selector finds, one line each. */
  List<String> texts(String selector) throws IOException {
    JsonNode texts =
        evaluate(
            "[...document.querySelectorAll(\""
                + selector
                + "\")].map(e => e.innerText.replace(/\\s+/g, ' ').trim())");
    return texts.valueStream().map(JsonNode::asText).toList();
  }

  /** What the browser had to say against the page, blocked sources for instance. */
  List<String> complaints() {
    return complaints;
  }

  /** Takes a picture of the whole page. */
  Path photograph(Path file) throws IOException {
    JsonNode picture =
        call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    return Files.write(file, Base64.getDecoder().decode(picture.path("data").asText()));
  }
}
