package io.mysqlwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.exactness.Dropper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Half-open connections: their client is gone, and nobody told the server. Needs bpftool. */
class VanishedClientIT extends OnEachWatchedServer {
  private static final String ADDRESS = "127.0.0.2";

  @Test
  void shouldShowWhatTheServerStillHolds() throws Exception {
    try (TimedClient operator = TimedClient.connect(server(), OPERATOR);
        TimedClient idle = TimedClient.connect(server(), ADDRESS);
        TimedClient asking = TimedClient.connect(server(), ADDRESS);
        TimedClient reading = TimedClient.connect(server(), ADDRESS, RECEIVE_BUFFER)) {
      Waiting waiting = waiting();
      operator.run("SELECT GET_LOCK('held', 0)");
      reading.ask(LONG_ANSWER).raw().read(1);
      asking.ask("SELECT GET_LOCK('held', 60)");
      waiting.shouldBeSeen(ADDRESS, 2);
      List<TimedClient> clients = List.of(idle, asking, reading);
      try (Dropper dropper = Dropper.silencing(ADDRESS)) {
        assertThat(dropper.possible()).as("no mishap but silence").isEmpty();
        for (TimedClient client : clients) {
          client.raw().reset();
        }
        waiting.shouldBe(ADDRESS, 2, reading.asked());
        // An answer that leaves is an answer, though nobody will ever take it.
        operator.run("SELECT RELEASE_LOCK('held')");
        waiting.shouldBe(ADDRESS, 1, reading.asked());
        for (WireTap tap : taps().all()) {
          assertThat(Reading.of(tap, ADDRESS).connections()).as("held by the server").isEqualTo(3);
        }
        for (TimedClient client : clients) {
          operator.run("KILL " + client.raw().id());
        }
        waiting.shouldSoonBeGone(ADDRESS);
      }
    }
  }
}
