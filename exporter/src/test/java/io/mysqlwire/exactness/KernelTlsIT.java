package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.OpaqueCount;
import io.mysqlwire.bpf.OpaqueReason;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.testing.Certificates;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.RawClient;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.ServerVariant;
import io.mysqlwire.testing.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The kernel encrypts for the server: what it sends passes by the tracing tap, which says so, and
 * takes nothing for MySQL. Needs the modules tls, gcm and ghash_generic.
 */
@Tag("vm")
class KernelTlsIT {
  private static final String ADDRESS = "127.0.0.2";
  private static final int CLIENTS = 5;

  /** Sessions that the kernel has ever encrypted for, see Documentation/networking/tls.rst. */
  private static final Path STATISTICS = Path.of("/proc/net/tls_stat");

  private static final String OPENSSL_CONF =
      """
      openssl_conf = init
      [init]
      ssl_conf = ssl
      [ssl]
      system_default = defaults
      [defaults]
      Options = KTLS
      """;

  @ParameterizedTest
  @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
  void shouldSayThatItCannotRead(Encryption version, @TempDir Path directory) throws Exception {
    Certificates.create(directory);
    Path settings = Files.writeString(directory.resolve("openssl.cnf"), OPENSSL_CONF);
    try (EmbeddedServer server =
            EmbeddedServer.start(
                ServerKind.MARIADB_SYSTEM,
                Certificates.serverOptions(directory),
                ServerVariant.environment(Map.of("OPENSSL_CONF", settings.toString())));
        Taps taps = Taps.attach(server.port());
        Recording recording = Recording.open()) {
      Schema.create(server, TlsTalk.ROOT, List.of());
      Accounts.createWithoutPassword(server, TlsTalk.ROOT, TlsTalk.USER);
      long before = encryptedByTheKernel();
      List<RawClient> clients = talk(server, version);
      assertThat(encryptedByTheKernel() - before).isEqualTo(CLIENTS);
      for (WireTap tap : taps.reading(version)) {
        assertThat(Taps.settled(() -> open(tap.read()))).isEmpty();
      }
      for (RawClient client : clients) {
        client.leave();
        client.close();
      }
      Tally said = new Witness(recording).byBackend();
      for (WireTap tap : taps.reading(version)) {
        assertThat(Taps.settled(() -> madeUp(tap.read(), said))).isEmpty();
      }
    }
  }

  private static long encryptedByTheKernel() throws IOException {
    return Files.readAllLines(STATISTICS).stream()
        .filter(line -> line.startsWith("TlsTxSw "))
        .mapToLong(line -> Long.parseLong(line.substring("TlsTxSw ".length()).strip()))
        .sum();
  }

  private static List<RawClient> talk(EmbeddedServer server, Encryption version)
      throws IOException {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      RawClient client = RawClient.witnessed(server, ADDRESS).encrypted(version);
      clients.add(client);
      client.login(TlsTalk.USER);
      for (String sql : List.of("SELECT id FROM shop.item LIMIT 7", "DO 0", "SELEC 1")) {
        client.query(sql);
        client.readAnswer();
      }
    }
    return clients;
  }

  private static long kernelTls(WireSnapshot snapshot, ToLongFunction<OpaqueCount> of) {
    return snapshot.opaque().stream()
        .filter(opaque -> opaque.reason() == OpaqueReason.KTLS)
        .mapToLong(of)
        .sum();
  }

  private static String open(WireSnapshot snapshot) {
    long open = kernelTls(snapshot, OpaqueCount::connections);
    return open == CLIENTS ? "" : "opaque: " + open;
  }

  /** Counted, and not said; or neither counted nor said to be unreadable. */
  private static String madeUp(WireSnapshot snapshot, Tally said) {
    StringBuilder trouble = new StringBuilder();
    Tally counted =
        KernelCounts.byBackend(snapshot).matching(name -> name.contains(" " + ADDRESS + " "));
    counted
        .counts()
        .forEach(
            (name, count) -> {
              // Whose it was nobody knows.
              if (!name.endsWith("connections opened") && !name.endsWith("bytes")) {
                trouble.append("%n%s: %d".formatted(name, count));
              }
            });
    String opened = "connections opened";
    long all = said.matching(name -> name.contains(ADDRESS) && name.endsWith(opened)).total();
    if (counted.matching(name -> name.endsWith(opened)).total() != all) {
      trouble.append("%nopened: %s, not %d".formatted(counted, all));
    }
    // Each client was answered three times and let in once.
    if (kernelTls(snapshot, OpaqueCount::unclassified) < 3 * CLIENTS) {
      trouble.append(
          "%nunclassified: %d".formatted(kernelTls(snapshot, OpaqueCount::unclassified)));
    }
    return trouble.toString();
  }
}
