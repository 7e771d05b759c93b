package io.mysqlwire.exactness;

import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.RawClient;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What befalls clients: locks, kills, commands too long. Each client here reads what the server has
 * to say to the end, so that all of it can be counted.
 */
final class RandomEvents {
  /** Where those are whose errors the server may raise and never send. */
  static final String ADDRESS = "127.0.0.7";

  /** An account without password. */
  static final String USER = "victim";

  private static final int PATIENCE = 10_000;

  /** Killed, the first is answered by MySQL with a result, the second with an error. */
  private static final List<String> BUSY =
      List.of("SELECT SLEEP(60)", "SELECT id FROM shop.item WHERE SLEEP(60) = 0");

  private static final int KILLS = 4;

  private final EmbeddedServer server;
  private final Client client;
  private final Client operator;
  private final Random random;
  private final int rounds;
  private final Observations observed = new Observations();

  RandomEvents(EmbeddedServer server, Client client, long seed, int rounds) {
    this.server = server;
    this.client = client;
    this.operator =
        new Client(client.driver(), client.address(), "operator", "", client.encryption());
    this.random = new Random(seed);
    this.rounds = rounds;
  }

  /** As a task of a thread pool: deadlocks, and three time-outs, which take a second each. */
  @Nullable Void locks() throws SQLException, InterruptedException, ExecutionException {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Connection one = client.connect(server, "shop");
        Connection two = client.connect(server, "shop")) {
      one.setAutoCommit(false);
      two.setAutoCommit(false);
      observed.run(two, "SET SESSION innodb_lock_wait_timeout = 1");
      for (int i = 0; i < rounds; i++) {
        observed.run(one, "UPDATE account SET balance = 1 WHERE id = 1");
        if (i < 3) {
          observed.run(two, "UPDATE account SET balance = 1 WHERE id = 1");
        } else {
          deadlock(one, two, thread);
        }
        one.rollback();
        two.rollback();
      }
    } finally {
      thread.shutdownNow();
    }
    return null;
  }

  private void deadlock(Connection one, Connection two, ExecutorService thread)
      throws SQLException, InterruptedException, ExecutionException {
    observed.run(two, "UPDATE account SET balance = 1 WHERE id = 2");
    Future<?> waits =
        thread.submit(
            () -> {
              observed.run(one, "UPDATE account SET balance = 2 WHERE id = 2");
              return null;
            });
    observed.run(two, "UPDATE account SET balance = 2 WHERE id = 1");
    waits.get();
  }

  /**
   * As a task of a thread pool: kills statements and connections, idle ones as well; each kind once
   * before chance rules, for a short run has few rounds.
   */
  @Nullable Void kills() throws SQLException, IOException {
    try (Connection killer = operator.connect(server, "shop")) {
      for (int i = 0; i < rounds; i++) {
        try (RawClient victim = witnessed()) {
          victim.login(USER);
          int choice = i < 2 * KILLS ? i : random.nextInt(2 * KILLS);
          String busy = BUSY.get(choice / KILLS);
          switch (choice % KILLS) {
            case 0 -> killWaiting(killer, victim, busy);
            case 1 -> killBusy(killer, victim, busy, "KILL ");
            default -> killBusy(killer, victim, busy, "KILL QUERY ");
          }
        }
      }
    }
    return null;
  }

  private RawClient witnessed() throws IOException {
    return RawClient.witnessed(server, ADDRESS).encrypted(client.encryption());
  }

  /** An idle one, where that ends it. */
  private void killWaiting(Connection killer, RawClient victim, String busy)
      throws SQLException, IOException {
    if (client.encryption() == Encryption.NONE || server.kind().endsKilledIdle()) {
      killIdle(killer, victim);
    } else {
      killBusy(killer, victim, busy, "KILL ");
    }
  }

  private static void killIdle(Connection killer, RawClient victim)
      throws SQLException, IOException {
    victim.query("SELECT 1");
    victim.readAnswer();
    kill(killer, "KILL ", victim, "command = 'Sleep'");
    victim.readToEnd();
  }

  private static void killBusy(Connection killer, RawClient victim, String sql, String kill)
      throws SQLException, IOException {
    victim.query(sql);
    kill(killer, kill, victim, "info LIKE '%SLEEP(60)%'");
    if (kill.contains("QUERY")) {
      victim.readAnswer();
      victim.leave();
    } else {
      victim.readToEnd();
    }
  }

  /** Waits until the victim does what it is to be killed at. */
  private static void kill(Connection killer, String kill, RawClient victim, String state)
      throws SQLException {
    String search =
        "SELECT 1 FROM information_schema.processlist WHERE id = " + victim.id() + " AND " + state;
    try (Statement statement = killer.createStatement()) {
      for (int i = 0; i < PATIENCE; i++) {
        try (ResultSet found = statement.executeQuery(search)) {
          if (found.next()) {
            statement.execute(kill + victim.id());
            return;
          }
        }
      }
    }
    throw new AssertionError("connection " + victim.id() + " never got to " + state);
  }

  /**
   * As a task of a thread pool: commands longer than max_allowed_packet. Servers refuse them on
   * sight of their length, and close, which resets the connection when more had arrived. A client
   * that is still sending then may lose the answer; so the rest is never sent.
   */
  @Nullable Void oversize(int maxAllowedPacket) throws IOException {
    for (int i = 0; i < rounds; i++) {
      try (RawClient talker = witnessed()) {
        talker.login(USER);
        talker.query("SELECT 1");
        talker.readAnswer();
        talker.announce("DO '" + "o".repeat(maxAllowedPacket + random.nextInt(100_000)) + "'");
        talker.readAnswer();
      }
    }
    return null;
  }
}
