package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.testing.Certificates;
import io.mysqlwire.testing.ContainedServer;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.RawClient;
import io.mysqlwire.testing.Recording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server in a root of its own, with libraries of its own: what its clients encrypt is counted to
 * the last byte, and so is what passes its socket, which has a path in there only. For the tracing
 * tap.
 */
@Tag("vm")
class ContainedServerIT {
  private static final String ADDRESS = "127.0.0.2";

  /** Primes. */
  private static final int LOGINS = 7;

  private static final int QUERIES = 13;

  @Test
  void shouldCountWhatClientsReceived(@TempDir Path certificates) throws Exception {
    Certificates.create(certificates);
    Map<String, String> options = new HashMap<>();
    Certificates.serverOptions(certificates)
        .forEach(
            (name, value) ->
                options.put(
                    name,
                    name.equals("ssl") ? value : ContainedServer.path(Path.of(value)).toString()));
    List<Path> files =
        List.of(certificates.resolve("certificate.pem"), certificates.resolve("key.pem"));
    try (EmbeddedServer server = ContainedServer.start(options, files);
        Taps taps = Taps.attach(server.port());
        Recording recording = Recording.open()) {
      assertThat(ContainedServer.boundSocket()).doesNotExist();
      for (int i = 0; i < LOGINS; i++) {
        talk(server);
      }
      taps.shouldHaveCounted(recording, name -> name.contains(" " + ADDRESS + " "));
      shouldCountItsSocket(server, taps.all().get(0));
    }
  }

  private static void talk(EmbeddedServer server) throws Exception {
    try (RawClient client = RawClient.witnessed(server, ADDRESS).encrypted(Encryption.TLS_1_3)) {
      client.login("root");
      for (int i = 0; i < QUERIES; i++) {
        client.query("SELECT REPEAT('x', " + i * i * 100 + ")");
        client.readAnswer();
      }
      client.leave();
    }
  }

  /** Debian's own client, from outside. */
  private static void shouldCountItsSocket(EmbeddedServer server, WireTap tap) throws Exception {
    Path socket = ContainedServer.reachableSocket(server);
    assertThat(Files.exists(socket)).isTrue();
    String said =
        HostChanges.run(
            List.of(
                "mariadb",
                "--no-defaults",
                "--skip-column-names",
                "--skip-ssl",
                "--user=root",
                "--socket=" + socket,
                "--execute=" + "SELECT 'seen';".repeat(QUERIES)));
    assertThat(said.lines()).containsOnly("seen").hasSize(QUERIES);
    assertThat(
            Taps.settled(
                () -> {
                  long counted = resultSets(tap);
                  return counted == QUERIES ? "" : "counted " + counted;
                }))
        .isEmpty();
  }

  @SuppressWarnings("EnumOrdinal") // BackendCounters is defined by it
  private static long resultSets(WireTap tap) {
    return tap.read().backends().stream()
        .filter(counters -> isThroughSocket(counters))
        .mapToLong(counters -> counters.responses()[ResponseType.RESULTSET.ordinal()])
        .sum();
  }

  private static boolean isThroughSocket(BackendCounters counters) {
    return counters.backend().backend().equals("unix")
        && counters.backend().server().equals(ContainedServer.boundSocket().toString());
  }
}
