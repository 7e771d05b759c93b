package io.mysqlwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.LostReason;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.exactness.Taps;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.RawClient;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thousands of connections, used and dropped in every ugly way, leave no trace in gauges, and none
 * in maps but the counters of who they were.
 *
 * <p>{@code mysqlwire.connections} is how many, 10,000 by default, over both servers.
 */
class UglyClientsIT {
  private static final int CONNECTIONS = Integer.getInteger("mysqlwire.connections", 10_000);
  private static final int SERVERS = 2;
  private static final int THREADS = 4;
  private static final int WHILE_STOPPED = 30;
  private static final int AFTERWARDS = 100;

  /** Of an address: without a name, root, and the stranger. */
  private static final int ACCOUNTS = 3;

  private static final String OPERATOR = "127.0.0.9";

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldLeaveNoTrace(ServerKind kind) throws Exception {
    Map<String, String> options =
        Map.of(
            "max-connect-errors", "4294967295", "max-connections", "500", "connect-timeout", "2");
    try (EmbeddedServer server = EmbeddedServer.start(kind, options);
        Taps taps = Taps.attach(server.port())) {
      run(server);
      for (WireTap tap : taps.all()) {
        Await.until(tap.tap() + ": all gauges back", () -> trouble(tap.read()).isEmpty());
        shouldHaveRoom(tap);
      }
      shouldShowEachNewConnection(server, taps);
    }
  }

  private static void run(EmbeddedServer server) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        UglyClient client = new UglyClient(server, "127.0.2." + (1 + i), i);
        running.add(
            threads.submit(
                () -> {
                  for (int j = 0; j < CONNECTIONS / SERVERS / THREADS; j++) {
                    client.once();
                  }
                  return null;
                }));
      }
      for (Future<?> client : running) {
        client.get();
      }
    } finally {
      threads.shutdownNow();
    }
    try (ClientGroup clients = new ClientGroup(server)) {
      clients.connect("127.0.2.1", WHILE_STOPPED);
      StoppedServer.during(server, () -> whileStopped(server, clients));
    }
  }

  /**
   * Those that are in ask and go. Those that come wait in the accept queue, and are dead when
   * mysqld takes them out.
   */
  private static void whileStopped(EmbeddedServer server, ClientGroup clients) throws IOException {
    clients.each(client -> client.ask("DO 0"));
    clients.each(client -> client.raw().reset());
    List<RawClient> newcomers = new ArrayList<>();
    UglyClient client = new UglyClient(server, "127.0.2.1", CONNECTIONS);
    for (int i = 0; i < WHILE_STOPPED; i++) {
      newcomers.add(client.whileNobodyAccepts());
    }
    for (RawClient newcomer : newcomers.subList(0, WHILE_STOPPED / 2)) {
      newcomer.reset();
    }
    for (RawClient newcomer : newcomers) {
      newcomer.close();
    }
  }

  /** What is left of connections; empty when nothing is. */
  private static String trouble(WireSnapshot snapshot) {
    StringBuilder trouble = new StringBuilder();
    for (BackendCounters counters : snapshot.backends()) {
      if (counters.connections() != 0
          || counters.commandsInFlight() != 0
          || counters.oldestCommandSeconds() != 0) {
        trouble.append(counters);
      }
    }
    snapshot.opaque().stream().filter(opaque -> opaque.connections() != 0).forEach(trouble::append);
    snapshot.maps().stream()
        .filter(fill -> fill.map().equals("gauges") && fill.entries() != 0)
        .forEach(trouble::append);
    return trouble.toString();
  }

  private static void shouldHaveRoom(WireTap tap) {
    assertThat(tap.read().backends().stream().mapToLong(BackendCounters::connectionsOpened).sum())
        .as("connections that mysqld took notice of")
        .isBetween(CONNECTIONS / SERVERS / 2L, (long) CONNECTIONS / SERVERS + 2 * WHILE_STOPPED);
    Map<LostReason, Long> lost = tap.read().lost();
    assertThat(lost.get(LostReason.CONNECTIONS_FULL)).as("connections without gauge").isZero();
    assertThat(lost.get(LostReason.BACKENDS_FULL)).as("backends without id").isZero();
    assertThat(lost.get(LostReason.RESPONSES_FULL)).as("errors without room").isZero();
    assertThat(Reading.entries(tap, "backend_ids"))
        .as("backends: addresses and accounts, not connections")
        .isLessThanOrEqualTo((long) THREADS * ACCOUNTS);
    assertThat(Reading.entries(tap, "errors"))
        .as("errors: a few codes of each backend")
        .isLessThanOrEqualTo((long) THREADS * ACCOUNTS * 6);
  }

  /** An element of the gauges that two connections have would show one of them. */
  private static void shouldShowEachNewConnection(EmbeddedServer server, Taps taps)
      throws Exception {
    try (ClientGroup clients = new ClientGroup(server)) {
      clients.connect(OPERATOR, AFTERWARDS);
      for (WireTap tap : taps.all()) {
        Await.until(
            tap.tap() + ": " + AFTERWARDS + " connections",
            () -> Reading.of(tap, OPERATOR).connections() == AFTERWARDS);
        assertThat(Reading.entries(tap, "gauges")).isEqualTo(AFTERWARDS);
      }
    }
    new Waiting(taps).shouldSoonBeGone(OPERATOR);
    for (WireTap tap : taps.all()) {
      assertThat(trouble(tap.read())).isEmpty();
    }
  }
}
