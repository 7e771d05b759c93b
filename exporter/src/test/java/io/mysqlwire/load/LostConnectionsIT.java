package io.mysqlwire.load;

import io.mysqlwire.exactness.Taps;
import io.mysqlwire.testing.EmbeddedServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Connections that end in the middle of a command take it along. */
class LostConnectionsIT extends OnEachWatchedServer {
  private static final String ADDRESS = "127.0.0.2";
  private static final int CLIENTS = 7;
  private static final String SHORT = "SELECT SLEEP(0.5)";
  private static final String LONG = "SELECT SLEEP(600)";

  /** Of clients that go, servers learn when they answer. */
  @Test
  void shouldForgetCommandsOfClientsThatLeft() throws Exception {
    shouldForget(SHORT, TimedClient::close);
    shouldForget(SHORT, client -> client.raw().reset());
  }

  @Test
  void shouldForgetCommandsThatWereKilled() throws Exception {
    try (TimedClient operator = TimedClient.connect(server(), OPERATOR)) {
      shouldForget(LONG, client -> operator.run("KILL " + client.raw().id()));
      shouldForget(
          LONG,
          client -> {
            operator.run("KILL QUERY " + client.raw().id());
            client.awaitAnswer();
            client.raw().leave();
          });
    }
  }

  private static void shouldForget(String sql, ClientGroup.Task end) throws Exception {
    try (ClientGroup clients = new ClientGroup(server())) {
      Waiting waiting = waiting();
      clients.connect(ADDRESS, CLIENTS);
      clients.each(client -> client.ask(sql));
      waiting.shouldBeSeen(ADDRESS, CLIENTS);
      if (sql.equals(LONG)) {
        Processlist.awaitSleeping(server(), CLIENTS);
      }
      clients.each(end);
      waiting.shouldSoonBeGone(ADDRESS);
    }
  }

  @Test
  void shouldForgetCommandsOfAKilledServer() throws Exception {
    try (EmbeddedServer killed = EmbeddedServer.start(server().kind(), Map.of());
        Taps taps = Taps.attach(killed.port());
        ClientGroup clients = new ClientGroup(killed)) {
      Waiting waiting = new Waiting(taps);
      clients.connect(ADDRESS, CLIENTS);
      clients.each(client -> client.ask(LONG));
      waiting.shouldBeSeen(ADDRESS, CLIENTS);
      ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();
      waiting.shouldSoonBeGone(ADDRESS);
    }
  }
}
