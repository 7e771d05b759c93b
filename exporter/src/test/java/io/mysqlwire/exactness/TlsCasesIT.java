package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.testing.Certificates;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What can befall encrypted connections, one thing at a time: each is counted exactly. {@code
 * mysqlwire.servers}, {@code mysqlwire.tls} and {@code mysqlwire.cases} choose among them.
 */
class TlsCasesIT {
  private static Path certificates;
  private static @Nullable Watched watched;

  /** A server and the taps on it, for all cases of one kind of server. */
  private record Watched(EmbeddedServer server, Taps taps) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      taps.close();
      server.close();
    }
  }

  @BeforeAll
  static void makeCertificates(@TempDir Path directory) throws Exception {
    Certificates.create(directory);
    certificates = directory;
  }

  @AfterAll
  static void end() throws IOException {
    if (watched != null) {
      watched.close();
    }
  }

  static Stream<Arguments> serversVersionsAndCases() {
    List<Arguments> all = new ArrayList<>();
    for (ServerKind kind : ServerKind.underTest()) {
      for (Encryption version : Encryption.spokenBy(kind)) {
        for (TlsCase what : TlsCase.underTest()) {
          all.add(Arguments.of(kind, version, what));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("serversVersionsAndCases")
  @SuppressWarnings("EnumOrdinal") // any number will do
  void shouldCountWhatClientsReceived(ServerKind kind, Encryption version, TlsCase what)
      throws Exception {
    String address = "127." + (1 + version.ordinal()) + "." + (1 + what.ordinal()) + ".1";
    try (Recording recording = Recording.open()) {
      Watched on = watched(kind);
      what.run(new TlsTalk(on.server(), version, address));
      Predicate<String> own = name -> name.contains(" " + address + " ");
      assertThat(what.isProvedBy(new Witness(recording).byBackend().matching(own))).isTrue();
      on.taps().shouldHaveCounted(recording, own);
    }
  }

  private static Watched watched(ServerKind kind) throws Exception {
    if (watched != null && watched.server().kind() == kind) {
      return watched;
    }
    end();
    Map<String, String> options = new HashMap<>(Certificates.serverOptions(certificates));
    options.put("max-allowed-packet", "64M");
    options.put("max-connect-errors", "1000000");
    EmbeddedServer server = EmbeddedServer.start(kind, options);
    watched = new Watched(server, Taps.attach(server.port()));
    fill(server);
    return watched;
  }

  private static void fill(EmbeddedServer server) throws SQLException {
    Schema.create(server, TlsTalk.ROOT, List.of());
    for (String user : List.of(TlsTalk.USER, TlsTalk.HEIR)) {
      Accounts.createWithoutPassword(server, TlsTalk.ROOT, user);
    }
  }
}
