package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exactness.Client.Driver;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.RawClient;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients that ask on while they read answers. Their segments come from two CPUs at once: that of
 * the thread that asks, and that on which the server's segment just set free room to send.
 */
class PipeliningIT {
  private static final int CLIENTS = 4;
  private static final int CONNECTIONS = 100;
  private static final int COMMANDS = 100;
  private static final String USER = "eager";
  private static final Client ROOT = new Client(Driver.MARIADB, "127.0.0.9", "root", "");

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldCountAnswersToPipelinedCommands(ServerKind kind) throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(kind, Map.of());
        Taps taps = Taps.attach(server.port());
        Recording recording = Recording.open()) {
      Schema.create(server, ROOT, List.of());
      Accounts.createWithoutPassword(server, ROOT, USER);
      run(server);
      Witness witness = new Witness(recording);
      assertThat(witness.responses().get("response resultset"))
          .isGreaterThanOrEqualTo((long) CLIENTS * CONNECTIONS * COMMANDS);
      taps.shouldHaveCounted(witness.byBackend());
    }
  }

  private static void run(EmbeddedServer server) throws Exception {
    ExecutorService askers = Executors.newFixedThreadPool(CLIENTS);
    ExecutorService readers = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        String address = "127.0.0." + (20 + i);
        clients.add(
            askers.submit(
                () -> {
                  for (int j = 0; j < CONNECTIONS; j++) {
                    talk(
                        server,
                        address,
                        readers,
                        j % 10 == 0 ? "SELECT * FROM shop.page LIMIT 3" : "SELECT 1");
                  }
                  return null;
                }));
      }
      for (Future<?> client : clients) {
        client.get();
      }
    } finally {
      askers.shutdownNow();
      readers.shutdownNow();
    }
  }

  private static void talk(
      EmbeddedServer server, String address, ExecutorService readers, String sql)
      throws IOException, InterruptedException, ExecutionException {
    try (RawClient client = RawClient.witnessed(server, address)) {
      client.login(USER);
      Future<?> reader =
          readers.submit(
              () -> {
                for (int i = 0; i < COMMANDS; i++) {
                  client.readAnswer();
                }
                return null;
              });
      for (int i = 0; i < COMMANDS; i++) {
        client.query(sql);
      }
      reader.get();
      client.leave();
    }
  }
}
