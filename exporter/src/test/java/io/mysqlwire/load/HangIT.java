package io.mysqlwire.load;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Servers that hang: what waits, and since when, is said within one scrape and by backend; nothing
 * is said of it once it is over.
 */
class HangIT extends OnEachWatchedServer {
  private static final List<String> ADDRESSES = List.of("127.0.0.2", "127.0.0.3", "127.0.0.4");
  private static final int WAITERS = 50;
  private static final int PER_ADDRESS = 10;

  @Test
  void shouldShowTheCommandsOfAStoppedServer() throws Exception {
    try (ClientGroup clients = new ClientGroup(server());
        TimedClient quiet = TimedClient.connect(server(), OPERATOR)) {
      Waiting waiting = waiting();
      for (int i = 0; i < ADDRESSES.size(); i++) {
        clients.connect(ADDRESSES.get(i), 2 * i + 1);
      }
      // Each has asked before: the time since then is nobody's waiting.
      clients.each(client -> client.run("DO 0"));
      Waiting.letTimePass();
      StoppedServer.during(
          server(),
          () -> {
            clients.each(client -> client.ask("DO 0"));
            for (int i = 0; i < ADDRESSES.size(); i++) {
              String address = ADDRESSES.get(i);
              waiting.shouldBe(address, 2 * i + 1, clients.asked(address));
            }
            waiting.shouldBeNone(quiet.address());
          });
      clients.each(TimedClient::awaitAnswer);
      for (String address : ADDRESSES) {
        waiting.shouldSoonBeNone(address);
      }
    }
  }

  @Test
  void shouldShowWhatWaitsForATable() throws Exception {
    List<String> addresses = new ArrayList<>();
    try (TimedClient holder = TimedClient.connect(server(), OPERATOR);
        ClientGroup waiters = new ClientGroup(server())) {
      Waiting waiting = waiting();
      holder.run("CREATE DATABASE shop");
      holder.run("CREATE TABLE shop.item (id INT PRIMARY KEY)");
      holder.run("LOCK TABLES shop.item WRITE");
      for (int i = 0; i < WAITERS / PER_ADDRESS; i++) {
        addresses.add("127.0.1." + (1 + i));
        waiters.connect(addresses.get(i), PER_ADDRESS);
      }
      waiters.each(waiter -> waiter.ask("SELECT * FROM shop.item"));
      for (String address : addresses) {
        waiting.shouldBe(address, PER_ADDRESS, waiters.asked(address));
      }
      holder.run("UNLOCK TABLES");
      waiters.each(TimedClient::awaitAnswer);
      for (String address : addresses) {
        waiting.shouldSoonBeNone(address);
      }
    }
  }
}
