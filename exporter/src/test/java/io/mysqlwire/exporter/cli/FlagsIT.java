package io.mysqlwire.exporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mysqlwire.readme.Readme;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.RawClient;
import io.mysqlwire.testing.ServerKind;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each flag does to the real process, with connections to two real servers, of which one is in
 * a cgroup of its own. Needs root.
 */
class FlagsIT {
  private static final String RESPONSES = "mysql_wire_responses_total{";

  private static @Nullable ConfinedServer confined;
  private static @Nullable EmbeddedServer server;

  @BeforeAll
  static void startServers() throws Exception {
    server = EmbeddedServer.start(ServerKind.MARIADB_11_4, Map.of());
    confined = ConfinedServer.start();
  }

  @AfterAll
  static void stopServers() throws Exception {
    confined().stop();
    server().close();
  }

  @Test
  void shouldWatchEveryPort() throws Exception {
    try (RunningExporter exporter =
        RunningExporter.start(port(server()), port(confined().server()))) {
      talkToBoth();
      assertThat(labels(exporter, "server"))
          .containsExactlyInAnyOrder(address(server()), address(confined().server()));
    }
  }

  @Test
  void shouldWatchTheCgroupThatWasNamed() throws Exception {
    try (RunningExporter exporter =
        RunningExporter.start(
            port(server()), port(confined().server()), "--cgroup.path=" + confined().cgroup())) {
      talkToBoth();
      assertThat(labels(exporter, "server")).containsExactly(address(confined().server()));
    }
  }

  @Test
  void shouldUseTheTapThatWasNamed() throws Exception {
    try (RunningExporter exporter = RunningExporter.start("--tap=cgroup")) {
      assertThat(exporter.samples("mysql_wire_tap_info"))
          .containsExactly("mysql_wire_tap_info{tap=\"cgroup\",reason=\"requested\",} 1.0");
    }
  }

  @Test
  void shouldCountByNetworksOfEitherFamily() throws Exception {
    try (RunningExporter exporter =
        RunningExporter.start(
            port(server()), "--backend.ipv4-prefix=16", "--backend.ipv6-prefix=64")) {
      talk(server(), "127.1.2.3");
      talk(server(), "127.1.4.5");
      talk(server(), "127.2.4.5");
      talkOverIpv6();
      assertThat(labels(exporter, "backend")).containsExactly("127.1.0.0", "127.2.0.0", "::");
    }
  }

  @Test
  void shouldCountByAddressAndUserUnlessToldOtherwise() throws Exception {
    try (RunningExporter exporter = RunningExporter.start(port(server()))) {
      talk(server(), "127.1.2.3");
      talkOverIpv6();
      assertThat(labels(exporter, "backend")).containsExactly("127.1.2.3", "::1");
      assertThat(labels(exporter, "user")).containsExactly("root");
    }
  }

  @Test
  void shouldCountWithoutUsers() throws Exception {
    try (RunningExporter exporter = RunningExporter.start(port(server()), "--no-backend.user")) {
      talk(server(), "127.1.2.3");
      assertThat(labels(exporter, "user")).containsExactly("");
    }
  }

  @Test
  void shouldCountBackendsPastTheMostAsOther() throws Exception {
    try (RunningExporter exporter =
        RunningExporter.start(port(server()), "--backend.max=1", "--no-backend.user")) {
      talk(server(), "127.1.2.3");
      talk(server(), "127.1.2.4");
      talk(server(), "127.1.2.5");
      assertThat(labels(exporter, "backend")).containsExactly("127.1.2.3", "other");
      assertThat(exporter.samples(RESPONSES).stream().filter(line -> line.contains("\"ok\"")))
          .map(line -> line.replaceFirst(".*backend=\"(.*?)\".* ([0-9]+)(\\.0)?", "$1 $2"))
          .containsExactlyInAnyOrder("127.1.2.3 1", "other 2");
    }
  }

  @Test
  void shouldListenOnEveryAddress() throws Exception {
    try (RunningExporter exporter =
        RunningExporter.start(
            Map.of(), "--web.listen-address=127.0.0.1:0", "--web.listen-address=[::1]:0")) {
      Await.until("both addresses", () -> exporter.addresses().size() == 2);
      assertThat(exporter.addresses().get(0)).startsWith("127.0.0.1:");
      assertThat(exporter.addresses().get(1)).startsWith("[::1]:");
      for (String address : exporter.addresses()) {
        assertThat(exporter.get(address, "/-/ready").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void shouldServeTheMetricsWhereTold() throws Exception {
    try (RunningExporter exporter = RunningExporter.start("--web.telemetry-path=/mysql/stats")) {
      String address = exporter.addresses().get(0);
      assertThat(exporter.get(address, "/mysql/stats").body()).contains("mysql_wire_tap_info");
      assertThat(exporter.get(address, "/metrics").statusCode()).isEqualTo(404);
      assertThat(exporter.get(address, "/").body()).contains("href=\"mysql/stats\"");
    }
  }

  @Test
  void shouldLogInJson() throws Exception {
    try (RunningExporter exporter = RunningExporter.start("--log.format=json")) {
      for (String line : exporter.log().lines().toList()) {
        assertThat(new ObjectMapper().readTree(line).path("level").asText()).isIn("info", "warn");
      }
    }
  }

  @Test
  void shouldLogFromTheLevelThatWasNamed() throws Exception {
    String address = "127.0.0.1:" + freePort();
    try (RunningExporter exporter =
        RunningExporter.launch(Map.of(), "--log.level=error", "--web.listen-address=" + address)) {
      Await.until("a page", () -> answers(exporter, address));
      assertThat(exporter.log()).isEmpty();
    }
  }

  @Test
  void shouldTakeFlagsFromTheEnvironment() throws Exception {
    Map<String, String> variables =
        Map.of(
            "MYSQL_WIRE_MYSQL_PORT", server().port() + "," + confined().server().port(),
            "MYSQL_WIRE_BACKEND_IPV4_PREFIX", "8",
            "MYSQL_WIRE_BACKEND_USER", "false",
            "MYSQL_WIRE_WEB_LISTEN_ADDRESS", "127.0.0.1:0");
    try (RunningExporter exporter = RunningExporter.start(variables)) {
      talkToBoth();
      assertThat(labels(exporter, "server")).hasSize(2);
      assertThat(labels(exporter, "backend")).containsExactly("127.0.0.0");
      assertThat(labels(exporter, "user")).containsExactly("");
    }
  }

  @Test
  void shouldServeNothingThatPromtoolOrTheReadmeObjectsTo(@TempDir Path directory)
      throws Exception {
    Path names = Files.writeString(directory.resolve("names"), "127.0.0.0/8 here\n");
    try (RunningExporter exporter =
        RunningExporter.start(port(server()), "--backend.names=file=" + names)) {
      talk(server(), "127.1.2.3");
      String page = exporter.metrics();
      assertThat(page).contains("mysql_wire_backend_info{", "mysql_wire_error_info{", "\njvm_");
      assertThat(promtoolOn(Files.writeString(directory.resolve("metrics"), page))).isEmpty();
      String table = Readme.read().table("metrics");
      assertThat(page.lines().filter(line -> line.startsWith("# TYPE mysql_wire_")))
          .hasSizeGreaterThan(15)
          .allSatisfy(
              line ->
                  assertThat(table)
                      .contains(line.replaceFirst("# TYPE (\\w+) (\\w+)", "| `$1` | $2 |")));
    }
  }

  private static String promtoolOn(Path page) throws Exception {
    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics")
            .redirectInput(page.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), UTF_8);
    assertThat(promtool.waitFor()).as(said).isZero();
    return said;
  }

  private static void talkToBoth() throws Exception {
    talk(server(), "127.0.0.1");
    talk(confined().server(), "127.0.0.1");
  }

  /** One statement that succeeds and one that fails. */
  private static void talk(EmbeddedServer to, String from) throws Exception {
    try (RawClient client = RawClient.connect(to, from)) {
      client.login("root");
      for (String statement : List.of("DO 1", "SELECT * FROM no_such.thing")) {
        client.query(statement);
        client.readAnswer();
      }
      client.leave();
    }
  }

  private static void talkOverIpv6() throws Exception {
    String url = server().jdbcUrl("", "user=root").replace("127.0.0.1", "[::1]");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("DO 1");
    }
  }

  /** Values of a label of the responses, each once. */
  private static Set<String> labels(RunningExporter exporter, String label) throws Exception {
    Set<String> values = new TreeSet<>();
    for (String line : exporter.samples(RESPONSES)) {
      values.add(line.replaceFirst(".*\\b" + label + "=\"(.*?)\".*", "$1"));
    }
    return values;
  }

  private static boolean answers(RunningExporter exporter, String address) throws Exception {
    try {
      return exporter.get(address, "/-/healthy").statusCode() == 200;
    } catch (ConnectException e) {
      return false;
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String address(EmbeddedServer of) {
    return "127.0.0.1:" + of.port();
  }

  private static String port(EmbeddedServer of) {
    return "--mysql.port=" + of.port();
  }

  private static EmbeddedServer server() {
    return Objects.requireNonNull(server);
  }

  private static ConfinedServer confined() {
    return Objects.requireNonNull(confined);
  }
}
