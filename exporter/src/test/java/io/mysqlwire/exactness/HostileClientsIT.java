package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.LostReason;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.exactness.Client.Driver;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.Tally;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever others do on the port, a normal client's counts are exact, and nothing that the kernel
 * keeps for a connection outlives it.
 *
 * <p>{@code mysqlwire.drops} is the number of connections that are opened and dropped at once,
 * 20,000 by default. A million takes some minutes:
 *
 * <pre>mvn verify -Dit.test=HostileClientsIT -Dfailsafe.failIfNoSpecifiedTests=false \
 *   -Dmysqlwire.drops=1000000</pre>
 */
class HostileClientsIT {
  private static final int DROPS = Integer.getInteger("mysqlwire.drops", 20_000);
  private static final int SERVERS = 2;
  private static final int ER_CON_COUNT_ERROR = 1040;
  private static final int ATTACKERS = 4;
  private static final int ATTACKS = 10;

  /** Accounts of one attacker: none, and its own. */
  private static final int ACCOUNTS = 2;

  private static final String NORMAL_ADDRESS = "127.0.0.2";
  private static final Client NORMAL = new Client(Driver.MARIADB, NORMAL_ADDRESS, "checkout", "");
  private static final Client ROOT = new Client(Driver.MARIADB, NORMAL_ADDRESS, "root", "");

  /** Of a hostile client's own bytes: no packets, or more questions than anybody remembers. */
  private static final Set<LostReason> OF_HOSTILE_CLIENTS =
      Set.of(LostReason.MALFORMED, LostReason.PIPELINE_FULL);

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldCountNormalClientsAmongHostileOnes(ServerKind kind) throws Exception {
    Map<String, String> options =
        Map.of("max-connect-errors", "4294967295", "connect-timeout", "2");
    try (EmbeddedServer server = EmbeddedServer.start(kind, options);
        Taps taps = Taps.attach(server.port());
        Recording recording = Recording.open()) {
      Schema.create(server, ROOT, List.of(NORMAL));
      Accounts.createWithoutPassword(server, ROOT, HostileClient.USER);
      int questions = besieged(server);
      assertThat(questions).as("questions of the normal client meanwhile").isPositive();
      shouldHaveCounted(taps, recording);
      ask(server, 100);
      shouldHaveCounted(taps, recording);
    }
  }

  /** Returns how often the normal client had its say. */
  private static int besieged(EmbeddedServer server) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(ATTACKERS);
    int questions = 0;
    try {
      List<Future<?>> attackers = new ArrayList<>();
      for (int i = 0; i < ATTACKERS; i++) {
        int number = i;
        attackers.add(
            threads.submit(
                () -> {
                  besiege(server, number);
                  return null;
                }));
      }
      while (!attackers.stream().allMatch(Future::isDone)) {
        ask(server, 20);
        questions += 20;
      }
      for (Future<?> attacker : attackers) {
        attacker.get();
      }
    } finally {
      threads.shutdownNow();
    }
    return questions;
  }

  private static void besiege(EmbeddedServer server, int number) throws Exception {
    for (int i = 0; i < ATTACKS; i++) {
      HostileClient client =
          new HostileClient(server, "127.0.2." + (1 + number), (long) ATTACKS * number + i);
      client.attack();
      for (int j = 0; j < DROPS / SERVERS / ATTACKERS / ATTACKS; j++) {
        client.drop();
      }
    }
  }

  private static void ask(EmbeddedServer server, int times) throws SQLException {
    Observations observed = new Observations();
    try (Connection connection = NORMAL.connect(server, "shop")) {
      for (int i = 0; i < times; i++) {
        observed.run(connection, "SELECT id, name FROM item LIMIT " + i);
        observed.run(connection, "SELECT * FROM missing");
        observed.run(connection, "DO 0; SELECT 1");
      }
    } catch (SQLException e) {
      // A server under siege may have no place left. That is an answer to be counted, too.
      if (e.getErrorCode() != ER_CON_COUNT_ERROR) {
        throw e;
      }
    }
  }

  private static void shouldHaveCounted(Taps taps, Recording recording)
      throws InterruptedException {
    Tally witnessed = new Witness(recording).byBackend();
    for (WireTap tap : taps.all()) {
      assertThat(Taps.settled(() -> complaint(tap.read(), witnessed)))
          .as(tap.tap() + ": witness, kernel, difference")
          .isEmpty();
      assertThat(FullMapsIT.entries(tap.read(), "backend_ids"))
          .as("backends: the normal ones, the attackers', and what random bytes may be for a name")
          .isLessThanOrEqualTo(2 + ATTACKERS * ACCOUNTS + Taps.config(1, "cgroup").maxRefused());
    }
  }

  private static String complaint(WireSnapshot snapshot, Tally witnessed) {
    Tally counted =
        KernelCounts.byBackend(snapshot)
            .matching(name -> name.contains(" " + NORMAL_ADDRESS + " "));
    Tally left = new Tally();
    left.add("gauges", FullMapsIT.entries(snapshot, "gauges"));
    snapshot
        .lost()
        .forEach(
            (reason, count) ->
                left.add(
                    "lost " + reason.label(), OF_HOSTILE_CLIENTS.contains(reason) ? 0 : count));
    return witnessed.difference(counted) + new Tally().difference(left);
  }
}
