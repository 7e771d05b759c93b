package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.ProgramStatistics;
import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.testing.Certificates;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.RawClient;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Other programs of the host that use the server's TLS library take no trap: probes are on the
 * server's binary. The kernel's own count of runs says so.
 */
class OtherProgramsIT {
  private static final String STATISTICS = "kernel.bpf_stats_enabled";

  /** The programs that run as probes. */
  private static final Set<String> PROBES =
      Set.of("server_writes", "server_logs_in", "server_begins_command");

  @Test
  void shouldNotTrapOthersThatUseTheLibrary(@TempDir Path certificates) throws Exception {
    Certificates.create(certificates);
    try (HostChanges changes = new HostChanges();
        EmbeddedServer server =
            EmbeddedServer.start(
                ServerKind.MARIADB_SYSTEM, Certificates.serverOptions(certificates));
        Taps taps = Taps.attach(server.port());
        Recording recording = Recording.open()) {
      changes.make(
          List.of("sysctl", "-q", STATISTICS + "=1"), List.of("sysctl", "-q", STATISTICS + "=0"));
      Schema.create(server, TlsTalk.ROOT, List.of());
      Accounts.createWithoutPassword(server, TlsTalk.ROOT, TlsTalk.USER);
      Tally atRest = runs(taps);
      HostChanges.run(List.of("bash", "-c", othersTalk(certificates)));
      assertThat(atRest.difference(runs(taps))).as("runs of probes: before, after").isEmpty();

      // Otherwise probes that never run would prove nothing.
      try (RawClient client =
          RawClient.witnessed(server, "127.0.0.2").encrypted(Encryption.TLS_1_3)) {
        client.login(TlsTalk.USER);
        client.leave();
      }
      long probed = runs(taps).total() - atRest.total();
      System.out.println("runs of probes for one login: " + probed);
      assertThat(probed > 0).isEqualTo(taps.reading(Encryption.TLS_1_3).size() > 0);
      taps.shouldHaveCounted(recording);
    }
  }

  /** A web server that is asked a prime number of times, and the library's own measurement. */
  private static String othersTalk(Path certificates) throws IOException {
    int port = 31_337;
    return String.join(
        "\n",
        "set -e",
        "cd " + certificates,
        "openssl s_server -quiet -www -accept 127.0.0.1:"
            + port
            + " -cert certificate.pem"
            + " -key key.pem & served=$!",
        "trap 'kill $served' EXIT",
        "until openssl s_client -connect 127.0.0.1:" + port + " < /dev/null > out 2>&1; do",
        "  kill -0 $served",
        "done",
        "for i in $(seq 31); do",
        "  printf 'GET / HTTP/1.0\\r\\n\\r\\n' |",
        "    openssl s_client -quiet -connect 127.0.0.1:" + port + " > out 2>&1 || true",
        "done",
        "grep -q 'HTTP/1.0 200' out",
        "openssl speed -seconds 1 -evp aes-128-gcm > speed 2>&1");
  }

  private static Tally runs(Taps taps) {
    Tally runs = new Tally();
    for (WireTap tap : taps.all()) {
      for (ProgramStatistics program : tap.read().programs()) {
        if (tap.tap() == TapChoice.TRACING && PROBES.contains(program.program())) {
          runs.add(program.program(), program.runs());
        }
      }
    }
    return runs;
  }
}
