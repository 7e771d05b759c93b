package io.mysqlwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.exactness.Taps;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Unix-domain connections from their begin to their end, with Debian's own client. For the tracing
 * tap.
 */
@Tag("vm")
class UnixSocketLifeIT {
  private static final String ADDRESS = "unix";

  /** The client of a connection; what it is told to ask it asks at once. */
  private record Asking(Process process, Writer statements) implements AutoCloseable {
    static Asking at(Path socket) throws IOException {
      Process process =
          new ProcessBuilder(
                  "mariadb", "--no-defaults", "--socket=" + socket, "--user=root", "--unbuffered")
              .redirectErrorStream(true)
              .start();
      return new Asking(process, process.outputWriter(StandardCharsets.UTF_8));
    }

    void ask(String sql) throws IOException {
      statements.write(sql + ";\n");
      statements.flush();
    }

    void end() {
      process.destroyForcibly();
    }

    @Override
    public void close() {
      end();
    }
  }

  @Test
  void shouldFollowConnections() throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(ServerKind.MARIADB_SYSTEM, Map.of());
        Asking older = Asking.at(server.socket())) {
      older.ask("SET @seen = 1");
      older.ask("SELECT 'older'");
      assertThat(older.process().inputReader().readLine()).isEqualTo("older");
      try (Taps taps = Taps.attach(server.port())) {
        WireTap tap = taps.all().get(0);
        older.ask("SELECT 2");
        older.ask("SELECT 3");
        Await.until("an older connection counts", () -> resultSets(tap) == 2);
        assertThat(users(tap)).containsExactly("");
        try (Asking asking = Asking.at(server.socket())) {
          asking.ask("SELECT 4");
          Await.until("a new connection counts", () -> resultSets(tap) == 3);
          assertThat(users(tap)).containsExactly("", "root");
          assertThat(Reading.of(tap, ADDRESS).connections()).isEqualTo(2);
          StoppedServer.during(
              server,
              () -> {
                asking.ask("SELECT 5");
                Await.until("unread", () -> Reading.of(tap, ADDRESS).inFlight() == 1);
              });
          Await.until("it answers again", () -> resultSets(tap) == 4);
          Await.until("nothing waits", () -> Reading.of(tap, ADDRESS).isIdle());
          // Nobody reads the client's output, so it stands still in the middle of the result.
          asking.ask("SELECT REPEAT('x', 1000000) FROM mysql.help_topic");
          Await.until("a long answer", () -> Reading.of(tap, ADDRESS).inFlight() == 1);
        }
        Await.until("a killed client", () -> Reading.of(tap, ADDRESS).connections() == 1);
        older.end();
        Await.until("all are gone", () -> Reading.of(tap, ADDRESS).isQuiet());
        assertThat(lost(tap.read())).isZero();
      }
    }
  }

  /** Names that a label has to escape, and two servers at once. */
  @Test
  void shouldTellServersApart() throws Exception {
    String odd = "a \"b\"\\ \n.sock";
    try (EmbeddedServer one = EmbeddedServer.start(ServerKind.MARIADB_SYSTEM, Map.of());
        EmbeddedServer two =
            EmbeddedServer.start(ServerKind.MARIADB_SYSTEM, Map.of("socket", odd));
        Taps taps = Taps.attach(one.port())) {
      WireTap tap = taps.all().get(0);
      try (Asking first = Asking.at(one.socket());
          Asking second = Asking.at(two.directory().resolve("data").resolve(odd))) {
        first.ask("SELECT 1");
        second.ask("SELECT 2");
        second.ask("SELECT 3");
        Await.until("all count", () -> resultSets(tap) == 3);
        List<BackendCounters> counted =
            tap.read().backends().stream().filter(UnixSocketLifeIT::isUnix).toList();
        assertThat(counted)
            .extracting(counters -> counters.backend().server())
            .containsExactlyInAnyOrder(one.socket().toString(), odd);
      }
      assertThat(lost(tap.read())).isZero();
    }
  }

  private static boolean isUnix(BackendCounters counters) {
    return counters.backend().backend().equals(ADDRESS);
  }

  @SuppressWarnings("EnumOrdinal") // BackendCounters is defined by it
  private static long resultSets(WireTap tap) {
    return tap.read().backends().stream()
        .filter(UnixSocketLifeIT::isUnix)
        .mapToLong(counters -> counters.responses()[ResponseType.RESULTSET.ordinal()])
        .sum();
  }

  private static Set<String> users(WireTap tap) {
    Set<String> users = new TreeSet<>();
    tap.read().backends().stream()
        .filter(UnixSocketLifeIT::isUnix)
        .forEach(counters -> users.add(counters.backend().user()));
    return users;
  }

  private static long lost(WireSnapshot snapshot) {
    return snapshot.lost().values().stream().mapToLong(Long::longValue).sum();
  }
}
