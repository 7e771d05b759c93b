package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.CgroupListener;
import io.mysqlwire.bpf.OpaqueCount;
import io.mysqlwire.bpf.OpaqueReason;
import io.mysqlwire.bpf.ProbeOutcome;
import io.mysqlwire.bpf.ProbedBinary;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.servers.ServerProcess;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.Certificates;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.RawClient;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.ServerVariant;
import io.mysqlwire.testing.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A fork of a server, in which one of the probed functions is another one: that is found out, the
 * probes go, connections are opaque, and nothing has been counted that was not said.
 */
@Tag("vm")
class ForkIT {
  private static final String ADDRESS = "127.0.0.2";
  private static final int CLIENTS = 11;

  /** A probed function of MariaDB, and the one that has its name in the fork. */
  private enum Fork {
    /** Called with the packets that will be in the buffer: often as long, but without headers. */
    WRITES_PACKETS("vio_ssl_write", "my_net_write"),
    /** Never called. */
    WRITES_ELSEWHERE("vio_ssl_write", "vio_check_ssl_init"),
    /** Has no command among its arguments. */
    BEGINS_QUERIES("_Z16dispatch_command", "_Z11mysql_parseP3THD"),
    /** Has no THD among its arguments. */
    LOGS_IN_OTHERWISE("_Z23thd_init_client_charset", "vio_ssl_write"),
    /** Never called. */
    LOGS_IN_ELSEWHERE("_Z23thd_init_client_charset", "vio_check_ssl_init");

    private final String function;
    private final String meant;

    Fork(String function, String meant) {
      this.function = function;
      this.meant = meant;
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeFoundOut(Fork fork, @TempDir Path certificates) throws Exception {
    Certificates.create(certificates);
    List<ProbedBinary> condemned = new CopyOnWriteArrayList<>();
    try (EmbeddedServer server =
            EmbeddedServer.start(
                ServerKind.MARIADB_SYSTEM,
                Certificates.serverOptions(certificates),
                ServerVariant.fork(fork.function, fork.meant));
        WireTap tap =
            WireTap.attach(
                Taps.config(server.port(), "tracing"), CgroupListener.NONE, condemned::add);
        Recording recording = Recording.open()) {
      Path binary = binaryOf(server);
      assertThat(tap.probe(binary).kind()).isEqualTo(ProbeOutcome.Kind.ATTACHED);
      Schema.create(server, TlsTalk.ROOT, List.of());
      Accounts.createWithoutPassword(server, TlsTalk.ROOT, TlsTalk.USER);
      talk(server);
      Await.until("found out", () -> !condemned.isEmpty());
      talk(server);

      assertThat(condemned).hasSize(1);
      assertThat(tap.probe(binary).kind()).isEqualTo(ProbeOutcome.Kind.CONDEMNED);
      Tally said = nameless(new Witness(recording).byBackend());
      assertThat(Taps.settled(() -> madeUp(tap, said))).isEmpty();
    }
  }

  private static Path binaryOf(EmbeddedServer server) {
    return ServerProcess.running().stream()
        .filter(process -> process.pid() == server.pid())
        .findFirst()
        .orElseThrow()
        .binary();
  }

  private static void talk(EmbeddedServer server) throws IOException {
    for (int i = 0; i < CLIENTS; i++) {
      try (RawClient client = RawClient.witnessed(server, ADDRESS).encrypted(Encryption.TLS_1_3)) {
        client.login(TlsTalk.USER);
        for (String sql : List.of("SELEC 1", "SELECT id FROM shop.item LIMIT 7", "DO 0")) {
          client.query(sql);
          client.readAnswer();
        }
        client.leave();
      }
    }
  }

  /** Of the first connections the account may be missing; bytes of others are encrypted ones. */
  private static Tally nameless(Tally tally) {
    Tally nameless = new Tally();
    tally
        .matching(name -> name.contains(" " + ADDRESS + " ") && !name.endsWith(" bytes"))
        .counts()
        .forEach((name, count) -> nameless.add(name.replace(TlsTalk.USER, "     "), count));
    return nameless;
  }

  /** Counted, and not said; or neither counted nor said to be unreadable. */
  private static String madeUp(WireTap tap, Tally said) {
    Tally counted = nameless(KernelCounts.byBackend(tap.read()));
    StringBuilder trouble = new StringBuilder();
    counted
        .counts()
        .forEach(
            (name, count) -> {
              if (count > said.get(name)) {
                trouble.append("%n%s: %d, said %d".formatted(name, count, said.get(name)));
              }
            });
    String opened = "connections opened";
    trouble.append(
        said.matching(name -> name.endsWith(opened))
            .difference(counted.matching(name -> name.endsWith(opened))));
    long unclassified =
        tap.read().opaque().stream()
            .filter(opaque -> opaque.reason() == OpaqueReason.TLS)
            .mapToLong(OpaqueCount::unclassified)
            .sum();
    if (unclassified < CLIENTS) {
      trouble.append("%nunclassified: %d".formatted(unclassified));
    }
    return trouble.toString();
  }
}
