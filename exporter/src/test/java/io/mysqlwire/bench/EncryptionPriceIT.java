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
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What reading encrypted connections costs the server: the CPU time of its thread for each command,
 * beside that of encryption itself. Meant for a VM whose clock counts instructions ({@code ./dev vm
 * --clock instructions}), where a nanosecond is one of them.
 *
 * <p>On loopback a command arrives in the client's own time, so the program that sees it is not in
 * that; it is in the kernel's own measure of all programs, which repeats to some ten instructions.
 * A thread's time differs by some 2,000 from one connection to the next.
 */
@Tag("vm")
class EncryptionPriceIT {
  private static final int COMMANDS = 500;
  private static final int ROUNDS = 3;
  private static final int TURNS = 3;
  private static final byte[] PING = RawClient.packet(0, new byte[] {14});
  private static final List<String> TABLE =
      List.of(
          "CREATE DATABASE price",
          "CREATE TABLE price.row (i int, t varchar(9)) ENGINE=MEMORY"
              + " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)"
              + " SELECT i, 'some text' t FROM n");
  private static final String HUNDRED_ROWS = "SELECT * FROM price.row";
  private static final String STATISTICS = "kernel.bpf_stats_enabled";

  /** One command, many times over; an empty statement is a ping. */
  private static final class Talk {
    final Encryption encryption;
    final String name;
    final String statement;

    /**
     * Of the server's thread, for each command: the least of all rounds, as all else adds to it.
     */
    long without = Long.MAX_VALUE;

    long with = Long.MAX_VALUE;
    long programs;

    Talk(Encryption encryption, String name, String statement) {
      this.encryption = encryption;
      this.name = name;
      this.statement = statement;
    }

    void say(RawClient client) throws IOException {
      for (int i = 0; i < COMMANDS; i++) {
        if (statement.isEmpty()) {
          client.send(PING);
        } else {
          client.query(statement);
        }
        client.readAnswer();
      }
    }

    long more() {
      return with - without;
    }
  }

  private final List<Talk> talks =
      List.of(
          new Talk(Encryption.NONE, "ping", ""),
          new Talk(Encryption.NONE, "1 row", "SELECT 1"),
          new Talk(Encryption.NONE, "100 rows", HUNDRED_ROWS),
          new Talk(Encryption.TLS_1_2, "ping", ""),
          new Talk(Encryption.TLS_1_3, "ping", ""),
          new Talk(Encryption.TLS_1_3, "1 row", "SELECT 1"),
          new Talk(Encryption.TLS_1_3, "100 rows", HUNDRED_ROWS));

  @Test
  void shouldCostLessThanEncryption(@TempDir Path certificates) throws Exception {
    Certificates.create(certificates);
    try (HostChanges changes = new HostChanges();
        EmbeddedServer server =
            EmbeddedServer.start(
                ServerKind.MARIADB_SYSTEM, Certificates.serverOptions(certificates))) {
      try (RawClient client = login(server, talks.get(0))) {
        for (String statement : TABLE) {
          client.query(statement);
          client.readAnswer();
        }
      }
      for (int turn = 0; turn < TURNS; turn++) {
        for (Talk talk : talks) {
          talk.without = Math.min(talk.without, least(server, talk));
        }
        try (Taps taps = Taps.attach(server.port())) {
          assertThat(taps.all()).hasSize(1);
          for (Talk talk : talks) {
            talk.with = Math.min(talk.with, least(server, talk));
          }
        }
      }
      changes.make(
          List.of("sysctl", "-q", STATISTICS + "=1"), List.of("sysctl", "-q", STATISTICS + "=0"));
      try (Taps taps = Taps.attach(server.port())) {
        for (Talk talk : talks) {
          talk.programs = programs(server, talk, taps.all().get(0));
        }
      }
    }
    print();
    Talk plain = talks.get(0);
    Talk encrypted = talks.get(4);
    assertThat(encrypted.more())
        .as("reading, and encryption itself")
        .isPositive()
        .isLessThan(encrypted.without - plain.without);
  }

  private void print() {
    System.out.println("instructions per command and answer, MariaDB 10.11, server's thread");
    System.out.println("encryption  answer     without      with    more programs");
    for (Talk talk : talks) {
      System.out.printf(
          Locale.ROOT,
          "%-11s %-8s %,9d %,9d %,7d %,8d%n",
          talk.encryption,
          talk.name,
          talk.without,
          talk.with,
          talk.more(),
          talk.programs);
    }
  }

  private static long least(EmbeddedServer server, Talk talk) throws IOException {
    double least = Double.MAX_VALUE;
    try (RawClient client = login(server, talk)) {
      talk.say(client); // warms up
      for (int round = 0; round < ROUNDS; round++) {
        double begun = CpuTime.nanosecondsOf(server.pid());
        talk.say(client);
        least = Math.min(least, CpuTime.nanosecondsOf(server.pid()) - begun);
      }
    }
    return Math.round(least / COMMANDS);
  }

  /** Of all programs, for each command, by the kernel's own measure; traps are not in it. */
  private static long programs(EmbeddedServer server, Talk talk, WireTap tap) throws IOException {
    try (RawClient client = login(server, talk)) {
      talk.say(client);
      double before = seconds(tap);
      talk.say(client);
      return Math.round((seconds(tap) - before) * 1e9 / COMMANDS);
    }
  }

  private static double seconds(WireTap tap) {
    return tap.read().programs().stream().mapToDouble(ProgramStatistics::seconds).sum();
  }

  private static RawClient login(EmbeddedServer server, Talk talk) throws IOException {
    RawClient client = RawClient.connect(server, "127.0.0.2").encrypted(talk.encryption);
    client.login("root");
    return client;
  }
}
