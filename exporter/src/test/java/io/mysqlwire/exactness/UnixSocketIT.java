package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exactness.Client.Driver;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.ServerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients of a server's unix-domain socket are counted to the last byte, beside those of its port.
 * For the tracing tap; the system properties are those of {@link ExactCountsIT}.
 */
@Tag("vm")
class UnixSocketIT {
  private static final int SCALE = Integer.getInteger("mysqlwire.scale", 10);
  private static final Client ROOT = new Client(Driver.MARIADB, "127.0.0.9", "root", "");

  private static final List<Client> CLIENTS =
      List.of(
          new Client(Driver.MARIADB, Client.UNIX, "checkout", ""),
          new Client(Driver.MARIADB, Client.UNIX, "reports", "deprecateEof=false"),
          new Client(Driver.MARIADB, Client.UNIX, "search", "useServerPrepStmts=true"),
          new Client(Driver.MARIADB, "127.0.0.2", "checkout", ""));

  static Stream<ServerKind> servers() {
    return ServerKind.underTest().stream();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldCountWhatClientsReceived(ServerKind kind) throws Exception {
    Map<String, String> options =
        Map.of("max-connect-errors", "1000000", "max-allowed-packet", "64M", "local-infile", "1");
    try (EmbeddedServer server = EmbeddedServer.start(kind, options);
        Taps taps = Taps.attach(server.port());
        Recording recording = Recording.open()) {
      Observations observed = new Observations();
      Schema.create(server, ROOT, CLIENTS);
      run(server, observed);
      Witness witness = new Witness(recording);
      assertThat(witness.asObserved().difference(observed.tally()))
          .as("witness, drivers, difference")
          .isEmpty();
      taps.shouldHaveCounted(witness.byBackend());
    }
  }

  private static void run(EmbeddedServer server, Observations observed) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS.size());
    try {
      List<Callable<@Nullable Void>> tasks = new ArrayList<>();
      for (Client client : CLIENTS) {
        boolean megabytes = tasks.isEmpty();
        tasks.add(new Workload(server, client, observed, tasks.size(), SCALE, megabytes)::run);
      }
      for (Future<?> task : threads.invokeAll(tasks)) {
        task.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
