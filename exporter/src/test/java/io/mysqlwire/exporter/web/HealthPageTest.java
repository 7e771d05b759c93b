package io.mysqlwire.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mysqlwire.exporter.health.Reason;
import io.mysqlwire.exporter.health.ServerHealth;
import io.mysqlwire.exporter.health.Verdict;
import io.mysqlwire.exporter.health.probe.Check;
import io.mysqlwire.exporter.health.probe.Finding;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthPageTest {
  private static final Instant SINCE = Instant.parse("2026-03-01T12:34:56.500Z");
  private static final String ONE = "10.0.0.7:3306";

  private volatile List<ServerHealth> servers = List.of();
  private WebServer web;
  private String origin;

  @BeforeEach
  void serve() throws Exception {
    web = WebServer.open(List.of(new ListenAddress("127.0.0.1", 0)));
    origin = "http://" + web.addresses().get(0);
    web.start(new Pages(Map.of("/health", new HealthPage(() -> servers, 518))));
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private static ServerHealth server(String name, Reason reason) {
    Verdict verdict = new Verdict(reason, SINCE, "SELECT \"1\" hangs");
    return new ServerHealth(
        name,
        Set.of("/run/" + name),
        verdict,
        List.of(new Check(ProbeKind.SELECT_1, Finding.DENIED, 0.25, 1.5, 1045, "no \"access\"")),
        List.of(),
        List.of(verdict));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(origin + path)).build(), BodyHandlers.ofString());
  }

  private JsonNode json(String path, int status) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    return new ObjectMapper().readTree(response.body());
  }

  @Test
  void shouldTellOneServer() throws Exception {
    servers = List.of(server(ONE, Reason.STUCK), server("other:3306", Reason.OK));
    JsonNode json = json("/health?server=" + ONE, 503);
    assertThat(json.get("server").asText()).isEqualTo(ONE);
    assertThat(json.get("healthy").isBoolean()).isTrue();
    assertThat(json.get("healthy").asBoolean()).isFalse();
    assertThat(json.get("reason").asText()).isEqualTo("stuck");
    assertThat(json.get("since").asText()).isEqualTo("2026-03-01T12:34:56.500Z");
    assertThat(json.get("evidence").asText()).isEqualTo("SELECT \"1\" hangs");
    JsonNode check = json.at("/checks/select_1");
    assertThat(check.get("result").asText()).isEqualTo("denied");
    assertThat(check.get("error_code").asInt()).isEqualTo(1045);
    assertThat(check.get("seconds").asDouble()).isEqualTo(0.25);
    assertThat(json("/health?server=/run/other:3306", 200).get("healthy").asBoolean()).isTrue();
  }

  @Test
  void shouldTellAll() throws Exception {
    servers = List.of(server(ONE, Reason.OK), server("other:3306", Reason.OK));
    assertThat(json("/health", 200).get("servers")).hasSize(2);
    servers = List.of(server(ONE, Reason.OK), server("other:3306", Reason.READ_ONLY));
    assertThat(json("/health", 503).get("healthy").asBoolean()).isFalse();
  }

  @Test
  void shouldAnswerTheUnknownAsChosen() throws Exception {
    assertThat(json("/health", 518).get("healthy").isNull()).isTrue();
    servers = List.of(server(ONE, Reason.OK), server("other:3306", Reason.UNKNOWN));
    assertThat(json("/health", 518).get("healthy").isNull()).isTrue();
    assertThat(json("/health?server=other:3306", 518).get("healthy").isNull()).isTrue();
    assertThat(json("/health?server=" + ONE, 200).get("healthy").asBoolean()).isTrue();
  }

  @Test
  void shouldNotKnowEveryName() throws Exception {
    assertThat(json("/health?server=nowhere", 404).get("error").asText()).contains("nowhere");
  }
}
