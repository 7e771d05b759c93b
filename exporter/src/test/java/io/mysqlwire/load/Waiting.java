package io.mysqlwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.exactness.Taps;
import io.mysqlwire.testing.Await;

/** What each tap has to say of commands that wait, and of none. */
final class Waiting {
  /** How long commands are left waiting, so that their age can be told from nothing. */
  private static final long LEFT_WAITING = 300_000_000;

  private final Taps taps;

  Waiting(Taps taps) {
    this.taps = taps;
  }

  /**
   * So many commands of an address are in flight, and go on to be.
   *
   * @param asked when the first of them was sent, by the client's clock: none is older
   * @return when all were seen: the oldest had arrived by then
   */
  long shouldBe(String address, int commands, long asked) throws Exception {
    long seen = shouldBeSeen(address, commands);
    letTimePass();
    for (WireTap tap : taps.all()) {
      Reading reading = Reading.of(tap, address);
      assertThat(reading.inFlight()).as(tap.tap() + " in flight of " + address).isEqualTo(commands);
      assertThat(reading.oldestSeconds())
          .as(tap.tap() + " oldest of " + address)
          .isBetween((reading.began() - seen) / 1e9, (reading.ended() - asked) / 1e9);
    }
    return seen;
  }

  /** Long enough to be told from nothing. */
  static void letTimePass() throws Exception {
    long start = System.nanoTime();
    Await.until("time passes", () -> System.nanoTime() - start > LEFT_WAITING);
  }

  /** So many commands of an address are in flight; when that was so. */
  long shouldBeSeen(String address, int commands) throws Exception {
    for (WireTap tap : taps.all()) {
      Await.until(
          tap.tap() + ": " + commands + " commands of " + address + " in flight",
          () -> Reading.of(tap, address).inFlight() == commands);
    }
    return System.nanoTime();
  }

  /** No command of an address is in flight now. */
  void shouldBeNone(String address) {
    for (WireTap tap : taps.all()) {
      Reading reading = Reading.of(tap, address);
      assertThat(reading.inFlight()).as(tap.tap() + " in flight of " + address).isZero();
      assertThat(reading.oldestSeconds()).as(tap.tap() + " oldest of " + address).isZero();
    }
  }

  /** Nor soon: the tracing tap sees an answer a little later than its client. */
  void shouldSoonBeNone(String address) throws Exception {
    for (WireTap tap : taps.all()) {
      Await.until(
          tap.tap() + ": nothing of " + address + " in flight",
          () -> Reading.of(tap, address).isIdle());
    }
  }

  /** No connection of an address is open any more. */
  void shouldSoonBeGone(String address) throws Exception {
    for (WireTap tap : taps.all()) {
      Await.until(
          tap.tap() + ": " + address + " is gone", () -> Reading.of(tap, address).isQuiet());
    }
  }
}
