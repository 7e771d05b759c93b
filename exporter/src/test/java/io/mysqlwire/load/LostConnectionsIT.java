package io.mysqlwire.load;

import io.mysqlwire.exactness.Taps;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that end in the middle of a command take it along. */
class LostConnectionsIT {
  private static final String ADDRESS = "127.0.0.2";
  private static final String OPERATOR = "127.0.0.9";
  private static final int CLIENTS = 7;
  private static final String SHORT = "SELECT SLEEP(0.5)";
  private static final String LONG = "SELECT SLEEP(600)";

  /** How a connection with a command in flight comes to its end. */
  private interface End {
    void of(TimedClient client) throws IOException;
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldForgetCommandsOfConnectionsThatEnded(ServerKind kind) throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(kind, Map.of());
        Taps taps = Taps.attach(server.port());
        TimedClient operator = TimedClient.connect(server, OPERATOR)) {
      Waiting waiting = new Waiting(taps);
      // Of clients that go, servers learn when they answer.
      shouldForget(server, waiting, SHORT, TimedClient::close);
      shouldForget(server, waiting, SHORT, client -> client.raw().reset());
      shouldForget(server, waiting, LONG, client -> operator.run("KILL " + id(client)));
      shouldForget(
          server,
          waiting,
          LONG,
          client -> {
            operator.run("KILL QUERY " + id(client));
            client.awaitAnswer();
            client.close();
          });
      waiting.shouldSoonBeNone(OPERATOR);
    }
  }

  private static void shouldForget(EmbeddedServer server, Waiting waiting, String sql, End end)
      throws Exception {
    List<TimedClient> clients = new ArrayList<>();
    try {
      connect(server, clients);
      for (TimedClient client : clients) {
        client.ask(sql);
      }
      waiting.shouldBeSeen(ADDRESS, CLIENTS);
      if (!sql.equals(SHORT)) {
        Processlist.awaitSleeping(server, CLIENTS);
      }
      for (TimedClient client : clients) {
        end.of(client);
      }
      waiting.shouldSoonBeGone(ADDRESS);
    } finally {
      close(clients);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldForgetCommandsOfAKilledServer(ServerKind kind) throws Exception {
    List<TimedClient> clients = new ArrayList<>();
    try (EmbeddedServer server = EmbeddedServer.start(kind, Map.of());
        Taps taps = Taps.attach(server.port())) {
      Waiting waiting = new Waiting(taps);
      connect(server, clients);
      for (TimedClient client : clients) {
        client.ask(LONG);
      }
      waiting.shouldBeSeen(ADDRESS, CLIENTS);
      ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
      waiting.shouldSoonBeGone(ADDRESS);
    } finally {
      close(clients);
    }
  }

  private static void connect(EmbeddedServer server, List<TimedClient> clients) throws IOException {
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(TimedClient.connect(server, ADDRESS));
    }
  }

  private static void close(List<TimedClient> clients) throws IOException {
    for (TimedClient client : clients) {
      client.close();
    }
  }

  private static long id(TimedClient client) {
    return client.raw().id();
  }
}
