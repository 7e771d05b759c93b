package io.mysqlwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exactness.Taps;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Servers that hang: what waits, and since when, is said within one scrape and by backend; nothing
 * is said of it once it is over.
 */
class HangIT {
  private static final List<String> ADDRESSES = List.of("127.0.0.2", "127.0.0.3", "127.0.0.4");
  private static final String OPERATOR = "127.0.0.9";
  private static final int SLOTS = 3;
  private static final int WAITERS = 50;
  private static final int PER_ADDRESS = 10;

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldShowTheCommandsOfAStoppedServer(ServerKind kind) throws Exception {
    List<TimedClient> clients = new ArrayList<>();
    try (EmbeddedServer server = EmbeddedServer.start(kind, Map.of());
        Taps taps = Taps.attach(server.port())) {
      Waiting waiting = new Waiting(taps);
      for (int i = 0; i < ADDRESSES.size(); i++) {
        connect(server, ADDRESSES.get(i), 2 * i + 1, clients);
      }
      // Each has asked before: the time since then is nobody's waiting.
      run(clients, "DO 0");
      Waiting.letTimePass();
      try (TimedClient quiet = TimedClient.connect(server, OPERATOR)) {
        StoppedServer.during(
            server,
            () -> {
              for (TimedClient client : clients) {
                client.ask("DO 0");
              }
              for (int i = 0; i < ADDRESSES.size(); i++) {
                waiting.shouldBe(ADDRESSES.get(i), 2 * i + 1, clients.get(i * i).asked());
              }
              waiting.shouldBeNone(quiet.address());
            });
      }
      answers(clients);
      shouldSoonBeNone(waiting, ADDRESSES);
    } finally {
      close(clients);
    }
  }

  /**
   * Each thread inside InnoDB keeps its ticket while it sleeps between two rows. What needs no
   * table goes on.
   */
  @Test
  void shouldShowWhatWaitsForInnodbSlots() throws Exception {
    List<TimedClient> busy = new ArrayList<>();
    try (EmbeddedServer server =
            EmbeddedServer.start(
                ServerKind.MYSQL_8_0, Map.of("innodb-thread-concurrency", String.valueOf(SLOTS)));
        Taps taps = Taps.attach(server.port());
        TimedClient operator = TimedClient.connect(server, OPERATOR);
        TimedClient probe = TimedClient.connect(server, ADDRESSES.get(1));
        TimedClient reader = TimedClient.connect(server, ADDRESSES.get(2))) {
      Waiting waiting = new Waiting(taps);
      operator.run("CREATE DATABASE shop");
      operator.run("CREATE TABLE shop.item (id INT PRIMARY KEY) ENGINE=InnoDB");
      operator.run("INSERT INTO shop.item VALUES (1), (2)");
      connect(server, ADDRESSES.get(0), SLOTS, busy);
      for (TimedClient client : busy) {
        client.ask("SELECT id FROM shop.item WHERE SLEEP(600) = 0");
      }
      waiting.shouldBe(ADDRESSES.get(0), SLOTS, busy.get(0).asked());
      Processlist.awaitSleeping(server, SLOTS);
      reader.ask("SELECT * FROM shop.item");
      waiting.shouldBe(reader.address(), 1, reader.asked());
      probe.run("SELECT 1");
      waiting.shouldSoonBeNone(probe.address());
      waiting.shouldBe(reader.address(), 1, reader.asked());
      for (TimedClient client : busy) {
        operator.run("KILL QUERY " + client.raw().id());
      }
      answers(busy);
      reader.awaitAnswer();
      assertThat(reader.answered()).isGreaterThan(probe.answered());
      shouldSoonBeNone(waiting, ADDRESSES);
      waiting.shouldSoonBeNone(OPERATOR);
    } finally {
      close(busy);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldShowWhatWaitsForATable(ServerKind kind) throws Exception {
    List<TimedClient> waiters = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    try (EmbeddedServer server = EmbeddedServer.start(kind, Map.of());
        Taps taps = Taps.attach(server.port());
        TimedClient holder = TimedClient.connect(server, OPERATOR)) {
      Waiting waiting = new Waiting(taps);
      holder.run("CREATE DATABASE shop");
      holder.run("CREATE TABLE shop.item (id INT PRIMARY KEY)");
      holder.run("LOCK TABLES shop.item WRITE");
      for (int i = 0; i < WAITERS / PER_ADDRESS; i++) {
        addresses.add("127.0.1." + (1 + i));
        connect(server, addresses.get(i), PER_ADDRESS, waiters);
      }
      for (TimedClient waiter : waiters) {
        waiter.ask("SELECT * FROM shop.item");
      }
      for (int i = 0; i < addresses.size(); i++) {
        long asked = waiters.get(i * PER_ADDRESS).asked();
        waiting.shouldBe(addresses.get(i), PER_ADDRESS, asked);
      }
      holder.run("UNLOCK TABLES");
      answers(waiters);
      shouldSoonBeNone(waiting, addresses);
    } finally {
      close(waiters);
    }
  }

  private static void connect(
      EmbeddedServer server, String address, int count, List<TimedClient> to) throws IOException {
    for (int i = 0; i < count; i++) {
      to.add(TimedClient.connect(server, address));
    }
  }

  private static void run(List<TimedClient> clients, String sql) throws IOException {
    for (TimedClient client : clients) {
      client.run(sql);
    }
  }

  private static void answers(List<TimedClient> clients) throws IOException {
    for (TimedClient client : clients) {
      client.awaitAnswer();
    }
  }

  private static void shouldSoonBeNone(Waiting waiting, List<String> addresses) throws Exception {
    for (String address : addresses) {
      waiting.shouldSoonBeNone(address);
    }
  }

  private static void close(List<TimedClient> clients) throws IOException {
    for (TimedClient client : clients) {
      client.close();
    }
  }
}
