package io.mysqlwire.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.ProgramStatistics;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.exactness.HostChanges;
import io.mysqlwire.exactness.Taps;
import io.mysqlwire.testing.Certificates;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.RawClient;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What reading encrypted connections costs the server: the CPU time of its thread for each command,
 * beside that of encryption itself. Meant for a VM whose clock counts instructions ({@code ./dev vm
 * --count-instructions}), where a nanosecond is one of them.
 *
 * <p>A client's command arrives in the client's own time on loopback; that program's share is what
 * the kernel says of it.
 */
@Tag("vm")
class EncryptionPriceIT {
  private static final int COMMANDS = 500;
  private static final int ROUNDS = 3;
  private static final byte COM_PING = 14;
  private static final String STATISTICS = "kernel.bpf_stats_enabled";

  /** One command, many times over. */
  private enum Talk {
    PING,
    ROW,
    ROWS;

    void say(RawClient client) throws IOException {
      switch (this) {
        case PING -> client.send(RawClient.packet(0, new byte[] {COM_PING}));
        case ROW -> client.query("SELECT 1");
        case ROWS -> client.query("SELECT seq, 'some text' FROM seq_1_to_100");
      }
      client.readAnswer();
    }
  }

  private record Case(Encryption encryption, Talk talk) {}

  @Test
  void shouldCostLessThanEncryption(@TempDir Path certificates) throws Exception {
    Certificates.create(certificates);
    try (HostChanges changes = new HostChanges();
        EmbeddedServer server =
            EmbeddedServer.start(
                ServerKind.MARIADB_SYSTEM, Certificates.serverOptions(certificates))) {
      List<Case> cases = new ArrayList<>();
      for (Encryption encryption :
          List.of(Encryption.NONE, Encryption.TLS_1_2, Encryption.TLS_1_3)) {
        for (Talk talk : Talk.values()) {
          cases.add(new Case(encryption, talk));
        }
      }
      List<Long> before = measure(server, cases);
      List<Long> with;
      List<Long> arriving = new ArrayList<>();
      try (Taps taps = Taps.attach(server.port())) {
        with = measure(server, cases);
        changes.make(
            List.of("sysctl", "-q", STATISTICS + "=1"), List.of("sysctl", "-q", STATISTICS + "=0"));
        for (Case what : cases) {
          arriving.add(arrivals(server, what, taps.all().get(0)));
        }
      }
      System.out.println("instructions per command and answer, MariaDB 10.11, server's thread");
      System.out.println("encryption  talk   without     with    more  arrival");
      for (int i = 0; i < cases.size(); i++) {
        System.out.printf(
            Locale.ROOT,
            "%-11s %-5s %,8d %,8d %,7d %,8d%n",
            cases.get(i).encryption(),
            cases.get(i).talk(),
            before.get(i),
            with.get(i),
            with.get(i) - before.get(i),
            arriving.get(i));
      }
      int inTheClear = cases.indexOf(new Case(Encryption.NONE, Talk.PING));
      int encrypted = cases.indexOf(new Case(Encryption.TLS_1_3, Talk.PING));
      assertThat(with.get(encrypted) - before.get(encrypted))
          .as("reading, and encryption itself")
          .isLessThan(before.get(encrypted) - before.get(inTheClear));
    }
  }

  private static List<Long> measure(EmbeddedServer server, List<Case> cases) throws IOException {
    List<Long> nanoseconds = new ArrayList<>();
    for (Case what : cases) {
      try (RawClient client = login(server, what)) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round <= ROUNDS; round++) { // the first warms up
          double begun = CpuTime.nanosecondsOf(server.pid());
          talk(client, what.talk());
          double taken = CpuTime.nanosecondsOf(server.pid()) - begun;
          least = Math.min(least, Math.round(taken / COMMANDS));
        }
        nanoseconds.add(least);
      }
    }
    return nanoseconds;
  }

  /** Of the program that sees commands arrive, for each command. */
  private static long arrivals(EmbeddedServer server, Case what, WireTap tap) throws IOException {
    try (RawClient client = login(server, what)) {
      talk(client, what.talk());
      double before = seconds(tap);
      talk(client, what.talk());
      return Math.round((seconds(tap) - before) * 1e9 / COMMANDS);
    }
  }

  private static double seconds(WireTap tap) {
    return tap.read().programs().stream()
        .filter(program -> program.program().equals("command_arrives"))
        .mapToDouble(ProgramStatistics::seconds)
        .sum();
  }

  private static RawClient login(EmbeddedServer server, Case what) throws IOException {
    RawClient client = RawClient.connect(server, "127.0.0.2");
    client.encrypted(what.encryption()).login("root");
    return client;
  }

  private static void talk(RawClient client, Talk talk) throws IOException {
    for (int i = 0; i < COMMANDS; i++) {
      talk.say(client);
    }
  }
}
