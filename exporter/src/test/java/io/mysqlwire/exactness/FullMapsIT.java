package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.LostReason;
import io.mysqlwire.bpf.MapFill;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.exactness.Client.Driver;
import io.mysqlwire.exactness.Taps.Room;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.Tally;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A map that is full costs detail, never a count, and says so. */
class FullMapsIT {
  private static final Room TINY = new Room(2, 3, 4);
  private static final int CLIENTS = 7;
  private static final int ERROR_CODES = 5;
  private static final Client ROOT = new Client(Driver.MARIADB, "127.0.0.9", "root", "");

  /** Who, what, and perhaps which error code. */
  private static final Pattern NAME =
      Pattern.compile(".*? (connections opened|bytes|rows|command \\w+|response \\w+)( -?\\d+)?");

  @Test
  void shouldLoseNothingButDetailWhenMapsAreFull() throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(ServerKind.MARIADB_11_4, Map.of());
        Taps taps = Taps.attach(server.port(), TINY);
        Recording recording = Recording.open()) {
      run(server);
      Tally witnessed = totals(new Witness(recording).byBackend());
      for (WireTap tap : taps.all()) {
        assertThat(Taps.settled(() -> witnessed.difference(totals(counted(tap.read())))))
            .as(tap.tap() + ": witness, kernel, difference")
            .isEmpty();
        assertThat(Taps.settled(() -> stillOpen(tap.read()))).isEmpty();
        shouldSayWhatIsFull(tap.read());
      }
    }
  }

  @Test
  void shouldLoseNothingInNormalLife() throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(ServerKind.MARIADB_11_4, Map.of());
        Taps taps = Taps.attach(server.port());
        Recording recording = Recording.open()) {
      run(server);
      taps.shouldHaveCounted(new Witness(recording).byBackend());
    }
  }

  /** Twice, so that elements of the gauges that were given back are taken again. */
  private static void run(EmbeddedServer server) throws SQLException {
    List<Client> clients =
        IntStream.range(0, CLIENTS)
            .mapToObj(i -> new Client(Driver.MARIADB, "127.0.3." + (1 + i), "user" + i % 3, ""))
            .toList();
    Schema.create(server, ROOT, clients);
    Primes primes = new Primes(1);
    for (int round = 0; round < 2; round++) {
      List<Connection> open = new ArrayList<>();
      try {
        for (Client client : clients) {
          open.add(client.connect(server, "shop"));
        }
        for (Connection connection : open) {
          talk(connection, primes.next());
        }
        for (Client client : clients) {
          new Observations()
              .refused(() -> client.connect(server, "shop", client.user(), "wrong password"));
        }
      } finally {
        for (Connection connection : open) {
          connection.close();
        }
      }
    }
  }

  private static void talk(Connection connection, int times) throws SQLException {
    Observations ignored = new Observations();
    for (int i = 0; i < times; i++) {
      ignored.run(connection, "SELECT id, name FROM item LIMIT " + i);
      ignored.run(connection, "DO 0; DO 1");
      int code = 50_000 + i % ERROR_CODES;
      ignored.run(connection, "SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = " + code);
    }
  }

  private static Tally counted(WireSnapshot snapshot) {
    return KernelCounts.byBackend(snapshot);
  }

  /** Of all backends together, and of all codes. */
  private static Tally totals(Tally byBackend) {
    Tally totals = new Tally();
    byBackend
        .counts()
        .forEach(
            (name, count) -> {
              Matcher matcher = NAME.matcher(name);
              assertThat(matcher.matches()).as(name).isTrue();
              totals.add(matcher.group(1), count);
            });
    return totals;
  }

  private static String stillOpen(WireSnapshot snapshot) {
    long open = entries(snapshot, "gauges");
    long connections = snapshot.backends().stream().mapToLong(BackendCounters::connections).sum();
    return open + connections == 0 ? "" : open + " gauges, " + connections + " connections";
  }

  static long entries(WireSnapshot snapshot, String map) {
    return snapshot.maps().stream()
        .filter(fill -> fill.map().equals(map))
        .mapToLong(MapFill::entries)
        .sum();
  }

  private static void shouldSayWhatIsFull(WireSnapshot snapshot) {
    assertThat(snapshot.lost())
        .allSatisfy(
            (reason, count) -> {
              switch (reason) {
                case BACKENDS_FULL, CONNECTIONS_FULL, RESPONSES_FULL ->
                    assertThat(count).as(reason.label()).isPositive();
                default -> assertThat(count).as(reason.label()).isZero();
              }
            });
    assertThat(snapshot.lost()).hasSameSizeAs(LostReason.values());
    assertThat(snapshot.backends())
        .filteredOn(counters -> !counters.backend().backend().equals("other"))
        .as("those that were let in, and one that was refused when there was no more room")
        .hasSize(TINY.backends() + 1);
    assertThat(snapshot.backends())
        .filteredOn(counters -> counters.backend().backend().equals("other"))
        .hasSize(1);
  }
}
