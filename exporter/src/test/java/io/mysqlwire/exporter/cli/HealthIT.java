package io.mysqlwire.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mysqlwire.load.StoppedServer;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health as the running program tells it, to all its readers. */
class HealthIT {
  private static final String PASSWORD = "hunter2-and-more";

  /** What is promised is 50 ms; a busy machine may take some of its own. */
  private static final long BOUND = TimeUnit.MILLISECONDS.toNanos(1000);

  private static Path file(Path directory, EmbeddedServer server) throws Exception {
    return Files.writeString(
        directory.resolve("probes.cnf"),
        """
        [client.socket]
        socket = %s
        user = probe
        password = "%s"
        """
            .formatted(server.socket(), PASSWORD));
  }

  private static void createAccount(EmbeddedServer server) throws Exception {
    try (Connection root = DriverManager.getConnection(server.jdbcUrl("", "user=root"));
        Statement statement = root.createStatement()) {
      statement.execute(
          "CREATE TABLE mysql.health_check (id INT UNSIGNED PRIMARY KEY, t_modified DATETIME NOT"
              + " NULL)");
      statement.execute("CREATE USER probe@localhost IDENTIFIED BY '" + PASSWORD + "'");
      statement.execute("GRANT SELECT, INSERT, UPDATE ON mysql.health_check TO probe@localhost");
    }
  }

  private static JsonNode health(RunningExporter exporter, String name, int status)
      throws Exception {
    HttpResponse<String> response = exporter.get("/health?server=" + name);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return new ObjectMapper().readTree(response.body());
  }

  @Test
  void shouldTellEveryReader(@TempDir Path directory) throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(ServerKind.MARIADB_11_4, Map.of())) {
      createAccount(server);
      String name = "127.0.0.1:" + server.port();
      try (RunningExporter exporter =
          RunningExporter.start(
              "--tap=cgroup",
              "--mysql.port=" + server.port(),
              "--probe.dsn-file=" + file(directory, server))) {
        Await.until(
            "all is well",
            () -> exporter.get("/health?server=" + name).body().contains("\"reason\":\"ok\""));
        Await.until(
            "a write by the socket", () -> exporter.metrics().contains("probe=\"write\",} 1.0\n"));
        assertThat(health(exporter, server.socket().toString(), 200).at("/checks/write/result"))
            .hasToString("\"ok\"");
        assertThat(exporter.metrics())
            .containsPattern("mysql_wire_healthy\\{server=\".*\",} 1\\.0")
            .containsPattern("mysql_wire_health\\{server=\".*\",reason=\"ok\",} 1\\.0")
            .containsPattern("mysql_wire_health\\{server=\".*\",reason=\"stuck\",} 0\\.0");
        StoppedServer.during(
            server,
            () -> {
              Await.until(
                  "it is stuck", () -> exporter.get("/health?server=" + name).statusCode() == 503);
              Await.until(
                  "the probes hang",
                  () -> exporter.metrics().contains("probe=\"select_1\",} 0.0\n"));
              long slowest = 0;
              for (int i = 0; i < 50; i++) {
                long begin = System.nanoTime();
                assertThat(health(exporter, name, 503).get("reason").asText()).isEqualTo("stuck");
                slowest = Math.max(slowest, System.nanoTime() - begin);
              }
              System.out.printf("slowest of 50 answers of /health: %d µs%n", slowest / 1000);
              assertThat(slowest).isLessThan(BOUND);
            });
        Await.until("it is well", () -> exporter.get("/health?server=" + name).statusCode() == 200);
        assertThat(health(exporter, name, 200).get("changes").size()).isGreaterThan(2);
        assertThat(exporter.get("/").body()).contains("<h2 id=health>Health</h2>", "stuck");
        assertThat(exporter.log()).contains("reason=stuck").doesNotContain(PASSWORD);
        for (String page : new String[] {"/", "/health", "/metrics"}) {
          assertThat(exporter.get(page).body()).doesNotContain(PASSWORD);
        }
        assertThat(Files.readString(Path.of("/proc/" + exporter.pid() + "/cmdline")))
            .doesNotContain(PASSWORD);
      }
    }
  }

  /** A probe that can't log in is 0 and says why; the others, the verdict and the page go on. */
  @Test
  void shouldSayThatAProbeIsRefused(@TempDir Path directory) throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(ServerKind.MARIADB_11_4, Map.of())) {
      createAccount(server);
      String name = server.socket().toString();
      try (RunningExporter exporter =
          RunningExporter.start(
              "--tap=cgroup",
              "--mysql.port=" + server.port(),
              "--probe.dsn-file=" + file(directory, server))) {
        Await.until(
            "all probes are well",
            () ->
                exporter.metrics().contains("probe=\"connect\",} 1.0\n")
                    && exporter.metrics().contains("probe=\"write\",} 1.0\n"));
        try (Connection root = DriverManager.getConnection(server.jdbcUrl("", "user=root"));
            Statement statement = root.createStatement()) {
          statement.execute("ALTER USER probe@localhost IDENTIFIED BY 'another'");
        }
        Await.until(
            "the probe is refused", () -> exporter.metrics().contains("probe=\"connect\",} 0.0\n"));
        assertThat(exporter.metrics())
            .contains(
                "probe=\"select_1\",} 1.0\n", "probe=\"read\",} 1.0\n", "probe=\"write\",} 1.0\n")
            .containsPattern("mysql_wire_healthy\\{server=\".*\",} 1\\.0");
        JsonNode health = health(exporter, name, 200);
        assertThat(health.at("/checks/connect/result").asText()).isEqualTo("denied");
        assertThat(health.get("evidence").asText()).contains("(1045)").doesNotContain(PASSWORD);
      }
    }
  }

  @Test
  void shouldRefuseABadFile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("bad.cnf"), "[client]\npasswrod=hunter2\n");
    ExporterProcess.Outcome outcome =
        ExporterProcess.run("run", "--probe.dsn-file=" + file, "--probe.interval=never");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("--probe.dsn-file: " + file + ":2: option \"passwrod\" is not known here")
        .contains(file + ":1: [client] has no user")
        .contains("--probe.interval: \"never\" is not a time")
        .doesNotContain("hunter2");
  }
}
