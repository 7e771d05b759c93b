package io.mysqlwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exactness.Taps;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A server whose InnoDB lets no more threads in, while {@code SELECT 1} answers as ever. MariaDB
 * has no such limit any more.
 */
class InnodbSlotsIT {
  private static final int SLOTS = 3;
  private static final String BUSY = "127.0.0.2";
  private static final Map<String, String> OPTIONS =
      Map.of("innodb-thread-concurrency", String.valueOf(SLOTS));

  /** A thread keeps its ticket while it sleeps between two rows. */
  @Test
  void shouldShowWhatWaitsForASlot() throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(ServerKind.MYSQL_8_0, OPTIONS);
        Taps taps = Taps.attach(server.port());
        TimedClient operator = TimedClient.connect(server, "127.0.0.9");
        TimedClient probe = TimedClient.connect(server, "127.0.0.3");
        TimedClient reader = TimedClient.connect(server, "127.0.0.4");
        ClientGroup busy = new ClientGroup(server)) {
      Waiting waiting = new Waiting(taps);
      operator.run("CREATE DATABASE shop");
      operator.run("CREATE TABLE shop.item (id INT PRIMARY KEY) ENGINE=InnoDB");
      operator.run("INSERT INTO shop.item VALUES (1), (2)");
      busy.connect(BUSY, SLOTS);
      busy.each(client -> client.ask("SELECT id FROM shop.item WHERE SLEEP(600) = 0"));
      waiting.shouldBe(BUSY, SLOTS, busy.asked(BUSY));
      Processlist.awaitSleeping(server, SLOTS);
      reader.ask("SELECT * FROM shop.item");
      waiting.shouldBe(reader.address(), 1, reader.asked());
      probe.run("SELECT 1");
      waiting.shouldSoonBeNone(probe.address());
      waiting.shouldBe(reader.address(), 1, reader.asked());
      busy.each(client -> operator.run("KILL QUERY " + client.raw().id()));
      busy.each(TimedClient::awaitAnswer);
      reader.awaitAnswer();
      assertThat(reader.answered()).isGreaterThan(probe.answered());
      for (String address : new String[] {BUSY, probe.address(), reader.address()}) {
        waiting.shouldSoonBeNone(address);
      }
    }
  }
}
