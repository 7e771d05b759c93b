package io.mysqlwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.testing.Await;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Statements of known duration: their latency lies between that duration and what the client
 * measured, in the sum to the nanosecond and in the bucket.
 */
class LatencyIT extends OnEachWatchedServer {
  private static final String ADDRESS = "127.0.0.2";
  private static final String HOLDER = "127.0.0.3";

  /** Far from the bounds of buckets, 32, 65, 131, ... 1048 ms: each falls into another one. */
  private static final double[] SLEEPS = {0.045, 0.09, 0.18, 0.35, 0.7, 1.4};

  /** Servers wait until a time of the clock on the wall, which is set right now and then. */
  private static final double CLOCKS_DIFFER_BY = 0.95;

  private static final int ROW = 8_000_000;

  /** First packet of a result set of one column; what follows is read as an answer of its own. */
  private static final int COLUMN_COUNT = 5;

  @Test
  void shouldTellHowLongStatementsSlept() throws Exception {
    try (TimedClient client = TimedClient.connect(server(), ADDRESS)) {
      for (double seconds : SLEEPS) {
        Map<WireTap, Reading> before = read();
        client.run("SELECT SLEEP(" + seconds + ")");
        for (WireTap tap : taps().all()) {
          shouldLieBetween(tap, before, seconds * CLOCKS_DIFFER_BY, client);
        }
      }
    }
  }

  @Test
  void shouldTellHowLongALockWasWaitedFor() throws Exception {
    try (TimedClient holder = TimedClient.connect(server(), HOLDER);
        TimedClient client = TimedClient.connect(server(), ADDRESS)) {
      holder.run("SELECT GET_LOCK('held', 0)");
      Map<WireTap, Reading> before = read();
      client.ask("SELECT GET_LOCK('held', 60)");
      long seen = waiting().shouldBe(ADDRESS, 1, client.asked());
      holder.run("SELECT RELEASE_LOCK('held')");
      client.awaitAnswer();
      for (WireTap tap : taps().all()) {
        shouldLieBetween(tap, before, (holder.asked() - seen) / 1e9, client);
      }
    }
  }

  /** A client that is slow to read what mysqld was quick to begin. */
  @Test
  void shouldEndWithTheFirstByteOfALongAnswer() throws Exception {
    try (TimedClient client = TimedClient.connect(server(), ADDRESS, RECEIVE_BUFFER)) {
      Map<WireTap, Reading> before = read();
      client.ask("SELECT REPEAT('x', " + ROW + ")");
      client.raw().read(COLUMN_COUNT);
      long firstByte = System.nanoTime();
      Waiting.letTimePass();
      waiting().shouldBeSeen(ADDRESS, 1);
      long wentOn = System.nanoTime();
      client.awaitAnswer();
      for (WireTap tap : taps().all()) {
        Reading start = before(before, tap);
        Reading after = answered(tap, start);
        assertThat(after.latencySeconds() - start.latencySeconds())
            .as("first byte: " + tap.tap())
            .isBetween(0.0, (firstByte - client.asked()) / 1e9);
        assertThat(after.commandSeconds() - start.commandSeconds())
            .as("last byte: " + tap.tap())
            .isBetween((wentOn - firstByte) / 1e9, (after.ended() - client.asked()) / 1e9);
      }
    }
  }

  /** Once all that was asked before is counted. */
  private static Map<WireTap, Reading> read() throws Exception {
    waiting().shouldSoonBeNone(ADDRESS);
    Map<WireTap, Reading> readings = new HashMap<>();
    taps().all().forEach(tap -> readings.put(tap, Reading.of(tap, ADDRESS)));
    return readings;
  }

  private static Reading before(Map<WireTap, Reading> readings, WireTap tap) {
    return Objects.requireNonNull(readings.get(tap));
  }

  /** The first reading that has one more command answered, and none left. */
  private static Reading answered(WireTap tap, Reading before) throws Exception {
    Reading[] after = new Reading[1];
    Await.until(
        tap.tap() + " counts the answer",
        () -> {
          after[0] = Reading.of(tap, ADDRESS);
          return after[0].answered() == before.answered() + 1 && after[0].isIdle();
        });
    return after[0];
  }

  /**
   * The client's own time is the upper bound. The tracing tap looks when tcp_sendmsg() returns, and
   * the thread may have to wait for a CPU until then: its bound is when the count was there.
   */
  private static void shouldLieBetween(
      WireTap tap, Map<WireTap, Reading> readings, double least, TimedClient client)
      throws Exception {
    Reading before = before(readings, tap);
    Reading after = answered(tap, before);
    long end = tap.tap() == TapChoice.TRACING ? after.ended() : client.answered();
    double most = (end - client.asked()) / 1e9;
    assertThat(after.latencySeconds() - before.latencySeconds())
        .as(tap.tap() + " to the first byte")
        .isBetween(least, most);
    assertThat(after.commandSeconds() - before.commandSeconds())
        .as(tap.tap() + " to the last byte")
        .isBetween(least, most);
    int bucket = grown(before, after);
    assertThat(WireSnapshot.latencyBound(bucket)).as("upper bound").isGreaterThanOrEqualTo(least);
    assertThat(bucket == 0 ? 0 : WireSnapshot.latencyBound(bucket - 1))
        .as("lower bound")
        .isLessThan(most);
  }

  /** The bucket that has one more. */
  private static int grown(Reading before, Reading after) {
    int[] grown =
        IntStream.range(0, WireSnapshot.LATENCY_BUCKETS)
            .filter(i -> after.latencyBuckets()[i] > before.latencyBuckets()[i])
            .toArray();
    assertThat(grown).as("buckets that grew").hasSize(1);
    return grown[0];
  }
}
