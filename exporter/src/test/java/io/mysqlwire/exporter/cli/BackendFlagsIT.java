package io.mysqlwire.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.RawClient;
import io.mysqlwire.testing.ServerKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and idle backends of the real process, with a real server's connections. Needs root. */
class BackendFlagsIT {
  private static final String CHECKOUT = "127.0.24.1";
  private static final String SEARCH = "127.0.24.2";

  private static @Nullable EmbeddedServer server;

  @BeforeAll
  static void startServer() throws Exception {
    server = EmbeddedServer.start(ServerKind.MARIADB_11_4, Map.of());
  }

  @AfterAll
  static void stopServer() throws Exception {
    server().close();
  }

  @Test
  void shouldShowNamesOfAFileAndFollowIt(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("names"), CHECKOUT + " checkout-1\n");
    try (RunningExporter exporter = RunningExporter.start(port(), "--backend.names=file=" + file)) {
      talk(CHECKOUT, 7);
      talk(SEARCH, 11);
      assertThat(exporter.samples("mysql_wire_backend_info{")).containsExactly(info("checkout-1"));
      Files.writeString(file, CHECKOUT + " one name too many\n");
      Await.until(
          "a warning once it is looked at",
          () -> !exporter.metrics().isEmpty() && exporter.log().contains("names:1:"));
      assertThat(exporter.log()).contains(file + ":1: has more than one name");
      assertThat(exporter.samples("mysql_wire_backend_info{")).containsExactly(info("checkout-1"));
      Path next = Files.writeString(directory.resolve("next"), "127.0.24.0/30 checkout-2\n");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      Await.until("the new name", () -> exporter.metrics().contains(info("checkout-2")));
      assertThat(exporter.samples("mysql_wire_backend_info{")).hasSize(2);
    }
  }

  private static String info(String name) {
    return "mysql_wire_backend_info{backend=\"" + CHECKOUT + "\",name=\"" + name + "\",} 1.0";
  }

  @Test
  void shouldShowNamesOfNetworks(@TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("names"), "127.0.24.0/24 rack-24\n127.0.24.0 one-address\n");
    try (RunningExporter exporter =
        RunningExporter.start(port(), "--backend.names=file=" + file, "--backend.ipv4-prefix=24")) {
      talk(CHECKOUT, 1);
      assertThat(exporter.samples("mysql_wire_backend_info{"))
          .containsExactly("mysql_wire_backend_info{backend=\"127.0.24.0\",name=\"rack-24\",} 1.0");
    }
  }

  @Test
  void shouldShowNamesOfTheHostsResolver() throws Exception {
    try (RunningExporter exporter = RunningExporter.start(port(), "--backend.names=dns")) {
      talk("127.0.0.1", 1);
      Await.until(
          "the name of 127.0.0.1", () -> !exporter.samples("mysql_wire_backend_info{").isEmpty());
      assertThat(exporter.samples("mysql_wire_backend_info{"))
          .containsExactly(
              "mysql_wire_backend_info{backend=\"127.0.0.1\",name=\"localhost\",} 1.0");
    }
  }

  @Test
  void shouldHaveNoNamesUnlessAsked() throws Exception {
    try (RunningExporter exporter = RunningExporter.start(port())) {
      talk("127.0.0.1", 1);
      assertThat(exporter.metrics()).contains("127.0.0.1").doesNotContain("backend_info");
    }
  }

  @Test
  void shouldLeaveOutIdleBackendsAndGoOnCounting() throws Exception {
    try (RunningExporter exporter = RunningExporter.start(port(), "--backend.idle-timeout=2s");
        RawClient open = RawClient.connect(server(), SEARCH)) {
      open.login("root");
      talk(CHECKOUT, 1009);
      assertThat(answered(exporter, CHECKOUT)).containsExactly(1009);
      List<String> truth = truth(exporter);
      Await.until("no series of it", () -> !exporter.metrics().contains(CHECKOUT));
      assertThat(answered(exporter, SEARCH)).as("who is connected stays").hasSize(1);
      assertThat(truth(exporter)).as("what is counted for the server").isEqualTo(truth);

      talk(CHECKOUT, 13);
      assertThat(answered(exporter, CHECKOUT)).containsExactly(1022);
      Await.until("no series of it again", () -> !exporter.metrics().contains(CHECKOUT));
      talk(CHECKOUT, 1);
      assertThat(answered(exporter, CHECKOUT)).containsExactly(1023);
    }
  }

  /** Series of the server and of the host, which have nothing to do with who is idle. */
  private static List<String> truth(RunningExporter exporter) throws Exception {
    return exporter
        .metrics()
        .lines()
        .filter(
            line ->
                line.matches(
                    "mysql_wire_(opaque_|unclassified_|lost_|error_info|map_entries.*backend_ids).*"))
        .toList();
  }

  private static List<Integer> answered(RunningExporter exporter, String backend) throws Exception {
    return exporter.samples("mysql_wire_response_seconds_count{").stream()
        .filter(line -> line.contains("backend=\"" + backend + "\""))
        .map(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .toList();
  }

  /** Asks so many times, one of them in vain, and leaves once mysqld has closed. */
  private static void talk(String from, int times) throws Exception {
    try (RawClient client = RawClient.connect(server(), from)) {
      client.login("root");
      for (int i = 0; i < times; i++) {
        client.query(i == 0 ? "SELECT * FROM no_such.thing" : "DO " + i);
        client.readAnswer();
      }
      client.leave();
    }
  }

  private static String port() {
    return "--mysql.port=" + server().port();
  }

  private static EmbeddedServer server() {
    return Objects.requireNonNull(server);
  }
}
