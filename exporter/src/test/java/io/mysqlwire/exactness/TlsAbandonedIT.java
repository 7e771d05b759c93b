package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.testing.Certificates;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.RawClient;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.Tally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients that ask for TLS and never begin it: some hang up, some talk nonsense. The servers refuse
 * them in the clear or with an alert of TLS. They are connections, and nothing is made up of the
 * rest.
 */
class TlsAbandonedIT {
  private static final int CLIENTS = 7;

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_SYSTEM", "MYSQL_8_0"})
  void shouldMakeNothingUp(ServerKind kind, @TempDir Path certificates) throws Exception {
    Certificates.create(certificates);
    try (EmbeddedServer server =
            EmbeddedServer.start(kind, Certificates.serverOptions(certificates));
        Taps taps = Taps.attach(server.port());
        Recording recording = Recording.open()) {
      for (int i = 0; i < CLIENTS; i++) {
        abandon(server, i % 2 == 0);
      }
      Tally refused = new Witness(recording).byBackend();
      for (WireTap tap : taps.all()) {
        assertThat(Taps.settled(() -> trouble(tap, refused))).as(tap.tap().toString()).isEmpty();
      }
    }
  }

  private static void abandon(EmbeddedServer server, boolean nonsense) throws IOException {
    try (RawClient client =
        RawClient.witnessed(server, "127.0.0.2").encrypted(Encryption.TLS_1_2)) {
      client.askForTls();
      if (nonsense) {
        client.sendUnrecorded("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      client.leave();
    }
  }

  /** Refusals in the clear may be taken for what is encrypted, but not the other way round. */
  private static String trouble(WireTap tap, Tally refused) {
    Tally counted = KernelCounts.byBackend(tap.read());
    StringBuilder trouble = new StringBuilder();
    counted
        .counts()
        .forEach(
            (name, count) -> {
              if (count > refused.get(name)) {
                trouble.append("%n%s: %d, seen %d".formatted(name, count, refused.get(name)));
              }
            });
    String opened = "connections opened";
    trouble.append(
        refused
            .matching(name -> name.endsWith(opened))
            .difference(counted.matching(name -> name.endsWith(opened))));
    Tally left =
        KernelCounts.leftovers(tap.read())
            .matching(name -> !name.endsWith(" opaque tls unclassified"));
    return trouble + new Tally().difference(left);
  }
}
