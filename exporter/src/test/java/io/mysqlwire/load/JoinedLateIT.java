package io.mysqlwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.exactness.Taps;
import io.mysqlwire.testing.Await;
import org.junit.jupiter.api.Test;

/** Taps that come when the trouble has begun already: they say what they know, and soon all. */
class JoinedLateIT extends OnEachServer {
  private static final String ADDRESS = "127.0.0.2";

  @Test
  void shouldSayNothingOfCommandsFromBefore() throws Exception {
    try (TimedClient holder = TimedClient.connect(server(), OPERATOR);
        TimedClient client = TimedClient.connect(server(), ADDRESS)) {
      holder.run("SELECT GET_LOCK('held', 0)");
      client.ask("SELECT GET_LOCK('held', 60)");
      try (Taps taps = Taps.attach(server().port())) {
        Waiting waiting = new Waiting(taps);
        waiting.shouldBeNone(ADDRESS);
        holder.run("SELECT RELEASE_LOCK('held')");
        client.awaitAnswer();
        waiting.shouldBeNone(ADDRESS);
        client.ask("SELECT SLEEP(600)");
        waiting.shouldBe(ADDRESS, 1, client.asked());
        Processlist.awaitSleeping(server(), 1);
        holder.run("KILL QUERY " + client.raw().id());
        client.awaitAnswer();
        waiting.shouldSoonBeNone(ADDRESS);
        for (WireTap tap : taps.all()) {
          Reading reading = Reading.of(tap, ADDRESS);
          assertThat(reading.answered()).as("commands seen and answered").isEqualTo(1);
          assertThat(reading.connections()).as("connections").isEqualTo(1);
        }
        client.raw().leave();
        holder.raw().leave();
        waiting.shouldSoonBeGone(ADDRESS);
        waiting.shouldSoonBeGone(OPERATOR);
        waiting.shouldSoonBeGone("127.0.0.1");
      }
    }
  }

  /**
   * mysqld is through with a connection whose client still has bytes to fetch, and asks for more:
   * nobody would ever say that it is closed.
   */
  @Test
  void shouldNotShowConnectionsThatMysqldHasClosed() throws Exception {
    try (TimedClient operator = TimedClient.connect(server(), OPERATOR);
        TimedClient client = TimedClient.connect(server(), ADDRESS, RECEIVE_BUFFER)) {
      client.ask(LONG_ANSWER);
      client.raw().read(1);
      operator.run("KILL " + client.raw().id());
      Await.until("the server has closed it", () -> !Sockets.isHeldByAProcess(server(), ADDRESS));
      try (Taps taps = Taps.attach(server().port())) {
        client.ask("DO 0");
        operator.run("DO 0");
        Waiting waiting = new Waiting(taps);
        waiting.shouldSoonBeNone(OPERATOR);
        for (WireTap tap : taps.all()) {
          assertThat(Reading.of(tap, ADDRESS).connections()).as("connections").isZero();
          assertThat(Reading.entries(tap, "gauges")).as("gauges: the operator's").isEqualTo(1);
        }
      }
    }
  }
}
