package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.OpaqueReason;
import io.mysqlwire.bpf.ProbedBinary;
import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.exactness.Client.Driver;
import io.mysqlwire.testing.Certificates;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.Tally;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Compression below TLS: the login is read, and what follows is opaque because it is compressed,
 * answer for answer. Nothing of it is taken for MySQL.
 */
class TlsCompressionIT {
  private static final String ADDRESS = "127.0.0.2";

  /** As many that made no sense would be held against the server's binary. */
  private static final int CONNECTIONS = 5;

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_SYSTEM", "MYSQL_8_0"})
  void shouldSayWhyItCannotRead(ServerKind kind, @TempDir Path certificates) throws Exception {
    Certificates.create(certificates);
    Client client =
        new Client(Driver.MARIADB, ADDRESS, "checkout", "useCompression=true", Encryption.TLS_1_2);
    try (EmbeddedServer server =
            EmbeddedServer.start(kind, Certificates.serverOptions(certificates));
        Taps taps = Taps.attach(server.port());
        Recording recording = Recording.open()) {
      Schema.create(server, TlsTalk.ROOT, List.of(client));
      talk(server, client);
      Witness above = new Witness(recording);
      assertThat(above.conversations()).anyMatch(said -> said.traits().get("compressed") > 0);
      for (WireTap tap : taps.all()) {
        if (tap.tap() == TapChoice.TRACING) {
          assertThat(Taps.settled(() -> trouble(tap.read(), own(above.byBackend())))).isEmpty();
          assertThat(tap.probed()).extracting(ProbedBinary::contradictions).containsOnly(0L);
        } else {
          new EncryptedCounts(tap).shouldBe(Witness.belowTls(recording), name -> true);
        }
      }
    }
  }

  private static void talk(EmbeddedServer server, Client client) throws Exception {
    Observations observed = new Observations();
    for (int i = 0; i < CONNECTIONS; i++) {
      try (Connection connection = client.connect(server, "shop")) {
        for (int j = 0; j < 7; j++) {
          observed.run(connection, "SELECT id, name FROM item LIMIT 301");
          observed.run(connection, "SELEC " + j);
        }
        observed.run(connection, "SELECT REPEAT('c', 100003)");
      }
    }
  }

  private static Tally own(Tally tally) {
    return tally.matching(name -> name.contains(" " + ADDRESS + " "));
  }

  private static String trouble(WireSnapshot snapshot, Tally said) {
    StringBuilder trouble = new StringBuilder();
    Tally counted = own(KernelCounts.byBackend(snapshot));
    for (Map.Entry<String, Long> count : counted.counts().entrySet()) {
      // A command in a compressed frame is seen, but not which one it is.
      boolean vague = count.getKey().endsWith(" command other");
      if (!vague && count.getValue() > said.get(count.getKey())) {
        trouble.append("%n%s: %d".formatted(count.getKey(), count.getValue()));
      }
    }
    long hidden = unclassified(snapshot, OpaqueReason.COMPRESSED);
    long all = sum(said, " response ");
    if (sum(counted, " response ") + hidden != all) {
      trouble.append(
          "%n%d counted, %d compressed, of %d".formatted(sum(counted, " response "), hidden, all));
    }
    for (String exact : List.of(" connections opened", " auth_ok", " bytes")) {
      if (sum(counted, exact) != sum(said, exact)) {
        trouble.append("%n%s: %d, not %d".formatted(exact, sum(counted, exact), sum(said, exact)));
      }
    }
    if (unclassified(snapshot, OpaqueReason.TLS) != 0) {
      trouble.append("%nsome counted as encrypted only".formatted());
    }
    return trouble.toString();
  }

  private static long unclassified(WireSnapshot snapshot, OpaqueReason reason) {
    return snapshot.opaque().stream()
        .filter(opaque -> opaque.reason() == reason)
        .mapToLong(opaque -> opaque.unclassified())
        .sum();
  }

  private static long sum(Tally tally, String part) {
    return tally.matching(name -> name.contains(part)).total();
  }
}
