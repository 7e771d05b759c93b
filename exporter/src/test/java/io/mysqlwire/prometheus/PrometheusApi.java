package io.mysqlwire.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The few questions that tests ask Prometheus, over its HTTP API. */
public final class PrometheusApi {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI server;

  PrometheusApi(URI server) {
    this.server = server;
  }

  /** Whether it has started and serves queries. */
  boolean isReady() throws InterruptedException {
    try {
      return get("/-/ready").statusCode() == 200;
    } catch (IOException notListening) {
      return false;
    }
  }

  /**
   * The instant vector that an expression gives now.
   *
   * @throws IOException with Prometheus' own words when it refuses the expression
   */
  public List<Sample> query(String expression) throws IOException, InterruptedException {
    JsonNode result =
        ask("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    List<Sample> samples = new ArrayList<>();
    for (JsonNode element : result.path("result")) {
      Map<String, String> labels = new LinkedHashMap<>();
      element
          .path("metric")
          .properties()
          .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
      samples.add(new Sample(labels, goDouble(element.path("value").path(1).asText())));
    }
    return samples;
  }

  List<RuleStatus> rules() throws IOException, InterruptedException {
    List<RuleStatus> rules = new ArrayList<>();
    for (JsonNode group : ask("/api/v1/rules").path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        rules.add(
            new RuleStatus(
                rule.path("name").asText(),
                rule.path("health").asText(),
                rule.path("lastError").asText(),
                rule.path("state").asText()));
      }
    }
    return rules;
  }

  List<TargetStatus> targets() throws IOException, InterruptedException {
    List<TargetStatus> targets = new ArrayList<>();
    for (JsonNode target : ask("/api/v1/targets?state=active").path("activeTargets")) {
      targets.add(
          new TargetStatus(
              target.path("labels").path("job").asText(),
              target.path("health").asText(),
              target.path("lastError").asText()));
    }
    return targets;
  }

  private JsonNode ask(String pathAndQuery) throws IOException, InterruptedException {
    JsonNode answer = JSON.readTree(get(pathAndQuery).body());
    if (!answer.path("status").asText().equals("success")) {
      throw new IOException(pathAndQuery + ": " + answer.path("error").asText());
    }
    return answer.path("data");
  }

  private HttpResponse<String> get(String pathAndQuery) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(pathAndQuery)).timeout(PATIENCE).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Go writes infinity as {@code +Inf}. */
  private static double goDouble(String text) {
    return Double.parseDouble(text.replace("Inf", "Infinity"));
  }
}
