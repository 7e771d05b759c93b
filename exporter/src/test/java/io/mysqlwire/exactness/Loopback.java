package io.mysqlwire.exactness;

import io.mysqlwire.testing.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A loopback interface that is as bad as a network can be. Only where nobody else uses it: in a
 * network namespace of the test's own, or in a VM.
 */
final class Loopback implements NetworkFault {
  private static final Path INTERFACES = Path.of("/proc/net/dev");
  private static final int HEADINGS = 2;

  private final HostChanges changes = new HostChanges();
  private final TcpCounters before = TcpCounters.read();
  private final List<String> possible;

  private Loopback(List<String> possible) throws IOException {
    this.possible = possible;
    requireOwn();
  }

  /** Others would suffer as well from what is done to the loopback interface of the machine. */
  static void requireOwn() throws IOException {
    try (Stream<String> lines = Files.lines(INTERFACES)) {
      if (lines.skip(HEADINGS).anyMatch(line -> !line.strip().startsWith("lo:"))) {
        throw new IOException("other interfaces than lo: this network belongs to others as well");
      }
    }
  }

  /** Delays, loses, duplicates and reorders; the module sch_netem has to be loaded. */
  static Loopback netem() throws IOException {
    Loopback loopback =
        new Loopback(
            List.of(
                TcpCounters.RETRANSMITTED, TcpCounters.AHEAD_OF_A_HOLE, TcpCounters.DUPLICATES));
    loopback.make(
        tc("qdisc add dev lo root netem delay 1ms loss 2% duplicate 2% reorder 10% 50%"),
        tc("qdisc del dev lo root"));
    return loopback;
  }

  /** Segments of 523 bytes, a prime: hardly a packet of the protocol is in one piece. */
  static Loopback tinySegments() throws IOException {
    Loopback loopback = new Loopback(List.of());
    // IPv6 gives up below 1280 bytes, and takes its address along.
    loopback.make(List.of("true"), ip("-6 address replace ::1/128 dev lo"));
    // 20 bytes of IPv4 header, 20 of TCP header, 12 of time stamps.
    loopback.make(ip("link set lo mtu 575"), ip("link set lo mtu 65536"));
    // Or TCP would hand many segments at once to the programs in the kernel, as one.
    loopback.make(ip("link set lo gso_max_segs 1"), ip("link set lo gso_max_segs 65535"));
    return loopback;
  }

  private void make(List<String> change, List<String> undo) throws IOException {
    try {
      changes.make(change, undo);
    } catch (IOException e) {
      changes.close();
      throw e;
    }
  }

  static List<String> tc(String arguments) {
    return List.of(("tc " + arguments).split(" ", -1));
  }

  private static List<String> ip(String arguments) {
    return List.of(("ip " + arguments).split(" ", -1));
  }

  @Override
  public Tally mishaps() throws IOException {
    return TcpCounters.read().since(before);
  }

  @Override
  public List<String> possible() {
    return possible;
  }

  @Override
  public void close() throws IOException {
    changes.close();
  }
}
