package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.jdbc.ConnectionImpl;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.exactness.Client.Driver;
import io.mysqlwire.exactness.Taps.Room;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.RawClient;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.Tally;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Names that somebody makes up take no place from those who have an account: with thousands of them
 * refused, there is room for exactly as many backends as without.
 *
 * <p>{@code mysqlwire.invented} is the number of names for each server, 2,000 by default.
 */
class InventedAccountsIT {
  private static final int NAMES = Integer.getInteger("mysqlwire.invented", 2000);
  private static final int THREADS = 4;
  private static final Room SMALL = new Room(16, 1024, 4096);

  /**
   * Besides them: root, and what the attacker's address counts for, with an account and without.
   */
  private static final int BACKENDS = SMALL.backends() - 3;

  /** Two names at one address: they don't wait to be let in. */
  private static final List<String> EAGER = List.of("eager", "eager2");

  private static final String ATTACKER = "127.0.2.1";
  private static final Client ROOT = new Client(Driver.MARIADB, "127.0.0.9", "root", "");
  private static final Client THIEF = new Client(Driver.MYSQL, ATTACKER, "thief", "");

  /** The others come with drivers. */
  private static final List<Client> NORMAL =
      IntStream.rangeClosed(1, BACKENDS - EAGER.size())
          .mapToObj(i -> new Client(Driver.MARIADB, "127.0.4." + i, "user" + i, ""))
          .toList();

  private static final String EAGER_ADDRESS = "127.0.4.99";

  /** What the attacker is, by whatever name, and what was counted. */
  private static final Pattern OF_ATTACKER =
      Pattern.compile(
          "(\\S+ +" + ATTACKER + " ).*?((connections opened|bytes|rows|command|response).*)");

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldKeepTheRoomForAccountsThatExist(ServerKind kind) throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(kind, Map.of());
        Taps taps = Taps.attach(server.port(), SMALL);
        Recording recording = Recording.open()) {
      List<Client> clients = new ArrayList<>(NORMAL);
      clients.add(THIEF);
      Schema.create(server, ROOT, clients);
      for (String user : EAGER) {
        Accounts.createWithoutPassword(server, ROOT, user);
      }
      // Refused at first: what it is known by, it keeps.
      refuse(NORMAL.get(0), server, NORMAL.get(0).user());
      inParallel(server);
      for (Client client : NORMAL) {
        work(client, server);
        refuse(client, server, client.user());
      }
      askBeforeTheVerdict(server);
      Tally witnessed = withoutNames(new Witness(recording).byBackend());
      for (WireTap tap : taps.all()) {
        assertThat(Taps.settled(() -> complaint(tap.read(), witnessed)))
            .as(tap.tap() + ": witness, kernel, difference")
            .isEmpty();
        assertThat(FullMapsIT.entries(tap.read(), "backend_ids"))
            .as("the room for refused accounts, all but one filled with names")
            .isEqualTo(SMALL.backends() + Taps.config(1, "cgroup", SMALL).maxRefused() - 1);
      }
    }
  }

  private static void inParallel(EmbeddedServer server) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> attackers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        attackers.add(
            threads.submit(
                () -> {
                  invent(server, number);
                  return null;
                }));
      }
      for (Future<?> attacker : attackers) {
        attacker.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * One name in a hundred is asked for by somebody who is logged in: MariaDB takes its time with
   * those.
   */
  private static void invent(EmbeddedServer server, int thread) throws SQLException {
    for (int i = 0; i < NAMES / THREADS; i++) {
      String name = "invented_" + thread + "_" + i;
      if (i % 100 != 0) {
        refuse(THIEF, server, name);
        continue;
      }
      try (Connection connection = THIEF.connect(server, "shop")) {
        connection.unwrap(ConnectionImpl.class).changeUser(name, "wrong");
        throw new AssertionError("should have been refused: " + name);
      } catch (SQLException e) {
        new Observations().refused(e);
      }
    }
  }

  private static void refuse(Client client, EmbeddedServer server, String name)
      throws SQLException {
    new Observations().refused(() -> client.connect(server, "shop", name, "wrong"));
  }

  private static void work(Client client, EmbeddedServer server) throws SQLException {
    Observations ignored = new Observations();
    try (Connection connection = client.connect(server, "shop")) {
      ignored.run(connection, "SELECT id, name FROM item LIMIT 3");
      ignored.run(connection, "SELECT * FROM missing");
    }
  }

  /** Questions come while nobody knows yet whose they are. */
  private static void askBeforeTheVerdict(EmbeddedServer server) throws IOException {
    try (RawClient client = RawClient.witnessed(server, EAGER_ADDRESS)) {
      client.askToLogIn(EAGER.get(0));
      client.query("SELECT id FROM shop.item LIMIT 5");
      client.query("DO 0");
      client.readVerdict();
      readAnswers(client, 2);
      client.changeUser(EAGER.get(1));
      client.query("SELECT id FROM shop.item LIMIT 7");
      client.query("DO 0");
      client.query("DO 0");
      client.readVerdict();
      readAnswers(client, 3);
      client.leave();
    }
  }

  private static void readAnswers(RawClient client, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      client.readAnswer();
    }
  }

  private static String complaint(WireSnapshot snapshot, Tally witnessed) {
    return witnessed.difference(withoutNames(KernelCounts.byBackend(snapshot)))
        + new Tally().difference(KernelCounts.leftovers(snapshot));
  }

  /**
   * Of the attacker the sum over all names, without farewells: MySQL hangs up when it refuses a
   * change of user, and the driver's may find no connection any more.
   */
  private static Tally withoutNames(Tally byBackend) {
    Tally sums = new Tally();
    byBackend
        .counts()
        .forEach(
            (name, count) -> {
              Matcher matcher = OF_ATTACKER.matcher(name);
              if (!matcher.matches()) {
                sums.add(name, count);
              } else if (!matcher.group(2).equals("command quit")) {
                sums.add(matcher.group(1) + "anybody " + matcher.group(2), count);
              }
            });
    return sums;
  }
}
