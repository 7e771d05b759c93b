package io.mysqlwire.pins;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.cli.ExporterProcess;
import io.mysqlwire.exporter.cli.RunningExporter;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.RawClient;
import io.mysqlwire.testing.ServerKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gauges tell the truth with the first scrape after every change that another load can make. */
@Timeout(600)
class ChangedConfigurationIT {
  private static final String ADDRESS = "127.0.0.2";

  private final EmbeddedServer server;
  private final PinnedExporter exporter;
  private final RunningExporter serve;

  /** A test has an instance of its own. */
  ChangedConfigurationIT() throws Exception {
    server = EmbeddedServer.start(ServerKind.MARIADB_SYSTEM, Map.of());
    exporter = PinnedExporter.inFreshDirectory();
    exporter.mustLoad(server.port());
    serve = exporter.serve(List.of(), ExporterProcess.classPath(), 0);
  }

  @AfterEach
  void end() throws Exception {
    serve.close();
    exporter.close();
    server.close();
  }

  /** Of the client under test: its connections, then its commands in flight. */
  private List<Integer> gauges() throws Exception {
    String page = serve.get("/metrics").body();
    return List.of(sum(page, "mysql_wire_connections"), sum(page, "mysql_wire_commands_in_flight"));
  }

  private static int sum(String page, String metric) {
    return MetricsText.samples(page, metric).stream()
        .filter(sample -> ADDRESS.equals(sample.labels().get("backend")))
        .mapToInt(sample -> (int) sample.value())
        .sum();
  }

  @Test
  void shouldShowWhatWaitsThroughEveryChange() throws Exception {
    try (RawClient holder = RawClient.connect(server, "127.0.0.1");
        RawClient client = RawClient.connect(server, ADDRESS)) {
      holder.login("root");
      client.login("root");
      ask(holder, "SELECT GET_LOCK('held', 0)");
      client.query("SELECT GET_LOCK('held', 600)");
      Await.until("it waits", () -> gauges().equals(List.of(1, 1)));

      exporter.mustLoad(server.port());
      assertThat(gauges()).as("the same once more").isEqualTo(List.of(1, 1));
      exporter.mustLoad(server.port(), "--backend.ipv4-prefix=24");
      assertThat(gauges()).as("other networks").isEqualTo(List.of(1, 1));
      exporter.mustLoad(server.port(), "--no-backend.user");
      assertThat(gauges()).as("no accounts").isEqualTo(List.of(1, 1));
      exporter.mustLoad(server.port(), "--mysql.port=1");
      assertThat(gauges()).as("a further port").isEqualTo(List.of(1, 1));
      exporter.mustLoad(1);
      assertThat(gauges()).as("not watched any more").isEqualTo(List.of(0, 0));

      ask(holder, "SELECT RELEASE_LOCK('held')");
      client.readAnswer();
      exporter.mustLoad(server.port());
      assertThat(gauges()).as("answered while nobody watched").isEqualTo(List.of(1, 0));
      ask(client, "SELECT RELEASE_LOCK('held')");
      ask(client, "DO 0");
      assertThat(gauges()).as("answered").isEqualTo(List.of(1, 0));
      ask(holder, "SELECT GET_LOCK('held', 0)");
      client.query("SELECT GET_LOCK('held', 600)");
      Await.until("it waits again", () -> gauges().equals(List.of(1, 1)));
      ask(holder, "SELECT RELEASE_LOCK('held')");
      client.readAnswer();
      Await.until("answered again", () -> gauges().equals(List.of(1, 0)));
    }
    Await.until("closed", () -> gauges().equals(List.of(0, 0)));
  }

  private static void ask(RawClient client, String sql) throws Exception {
    client.query(sql);
    client.readAnswer();
  }
}
