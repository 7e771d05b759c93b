package io.mysqlwire.exactness;

import io.mysqlwire.exactness.Client.Driver;
import io.mysqlwire.testing.Certificates;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.ServerKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same as {@link ExactCountsIT} over TLS: the tracing tap counts what clients received, as if
 * nothing was encrypted, and the cgroup tap says that it cannot read. Each server with each version
 * of TLS that it speaks, with a thread for each connection and, where it has one, with a pool.
 */
@Tag("vm")
class TlsExactCountsIT {
  private static final Client ROOT = new Client(Driver.MARIADB, "127.0.0.9", "root", "");
  private static Path certificates;

  /** Which thread of the server answers. */
  private enum Threads {
    ONE_PER_CONNECTION,
    POOL
  }

  @BeforeAll
  static void makeCertificates(@TempDir Path directory) throws Exception {
    Certificates.create(directory);
    certificates = directory;
  }

  static Stream<Arguments> serversVersionsAndThreads() {
    List<Arguments> all = new ArrayList<>();
    for (ServerKind kind : ServerKind.underTest()) {
      List<Encryption> versions = Encryption.spokenBy(kind);
      for (Encryption version : versions) {
        // To a tap that can't read, all versions look the same.
        if (!Taps.canReadTls() && version != versions.get(versions.size() - 1)) {
          continue;
        }
        if (Taps.canReadTls() || !kind.isMariaDb()) {
          all.add(Arguments.of(kind, version, Threads.ONE_PER_CONNECTION));
        }
        if (kind.isMariaDb()) {
          all.add(Arguments.of(kind, version, Threads.POOL));
        }
      }
    }
    return all.stream();
  }

  private static List<Client> clients(ServerKind kind, Encryption version) {
    Driver second = kind == ServerKind.MYSQL_8_0 ? Driver.MYSQL : Driver.MARIADB;
    return Stream.of(
            new Client(Driver.MARIADB, "127.0.0.2", "checkout", ""),
            new Client(Driver.MARIADB, "127.0.0.3", "reports", "deprecateEof=false"),
            new Client(second, "::1", "search", ""))
        .map(client -> client.encrypted(version))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("serversVersionsAndThreads")
  void shouldCountWhatClientsReceived(ServerKind kind, Encryption version, Threads threads)
      throws Exception {
    Map<String, String> options = ExactWorkload.serverOptions();
    options.putAll(Certificates.serverOptions(certificates));
    if (threads == Threads.POOL) {
      options.put("thread-handling", "pool-of-threads");
    }
    try (EmbeddedServer server = EmbeddedServer.start(kind, options);
        Taps taps = Taps.attach(server.port());
        Recording recording = Recording.open()) {
      new ExactWorkload(server, ROOT, clients(kind, version), recording).run();
      taps.shouldHaveCounted(recording);
    }
  }
}
