package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.LostReason;
import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.TapConfig;
import io.mysqlwire.bpf.TapException;
import io.mysqlwire.bpf.WatchedPorts;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.servers.ServerProcess;
import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.Tally;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The taps under test, all on one workload: those named by the system property {@code
 * mysqlwire.tap}, e.g. {@code tracing,cgroup}. {@code none} leaves the witness to be compared with
 * drivers and server only, for hosts that allow no tap.
 */
public final class Taps implements AutoCloseable {
  private static final String CHOICE = System.getProperty("mysqlwire.tap", "cgroup");
  private static final long SETTLE_NANOSECONDS = TimeUnit.SECONDS.toNanos(2);
  private static final List<Path> CGROUPS =
      List.of(Path.of("/sys/fs/cgroup/unified"), Path.of("/sys/fs/cgroup"));

  private final List<WireTap> taps = new ArrayList<>();

  /** How much room the maps have: {@code maxBackends} and so on of {@link TapConfig}. */
  public record Room(int backends, int connections, int errors) {
    public static final Room ENOUGH = new Room(512, 1024, 4096);
  }

  public static Taps attach(int port) throws TapException {
    return attach(port, Room.ENOUGH);
  }

  public static Taps attach(int port, Room room) throws TapException {
    return attach(WatchedPorts.of(port), room);
  }

  /** The same with room enough. */
  static Taps attach(WatchedPorts ports) throws TapException {
    return attach(ports, Room.ENOUGH);
  }

  private static Taps attach(WatchedPorts ports, Room room) throws TapException {
    Taps taps = new Taps();
    for (String name : CHOICE.split(",", -1)) {
      if (!name.equals("none")) {
        WireTap tap = WireTap.attach(config(ports, name, room, false));
        taps.taps.add(tap);
        ServerProcess.running().forEach(process -> tap.probe(process.binary()));
      }
    }
    return taps;
  }

  /** Each of them. */
  public List<WireTap> all() {
    return List.copyOf(taps);
  }

  /** What to watch, with room enough for every backend of a test. */
  public static TapConfig config(int port, String tap) {
    return config(port, tap, Room.ENOUGH);
  }

  static TapConfig config(int port, String tap, Room room) {
    return config(port, tap, room, false);
  }

  static TapConfig config(int port, String tap, Room room, boolean proxyProtocol) {
    return config(WatchedPorts.of(port), tap, room, proxyProtocol);
  }

  private static TapConfig config(
      WatchedPorts ports, String tap, Room room, boolean proxyProtocol) {
    return new TapConfig(
        ports,
        TapChoice.valueOf(tap.toUpperCase(Locale.ROOT)),
        cgroup(),
        32,
        128,
        true,
        proxyProtocol,
        room.backends(),
        room.connections(),
        room.errors());
  }

  /** Root of the cgroup v2 hierarchy. */
  public static Path cgroup() {
    return CGROUPS.stream()
        .filter(path -> Files.exists(path.resolve("cgroup.procs")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no cgroup v2 in " + CGROUPS));
  }

  /** Each tap, once it had time to settle, has counted what the witness saw: difference 0. */
  public void shouldHaveCounted(Tally witnessed) throws InterruptedException {
    shouldHaveCounted(witnessed, name -> true);
  }

  /**
   * The same where some connections were encrypted: the tracing tap has counted what was said, the
   * cgroup tap what somebody below TLS could know; the rest it has counted as unclassified.
   */
  void shouldHaveCounted(Recording recording) throws InterruptedException {
    shouldHaveCounted(recording, name -> true);
  }

  /** The same of some counts. */
  void shouldHaveCounted(Recording recording, Predicate<String> names) throws InterruptedException {
    Tally said = new Witness(recording).byBackend();
    Witness below = Witness.belowTls(recording);
    for (WireTap tap : taps) {
      if (tap.tap() == TapChoice.TRACING || !below.sawTls()) {
        shouldHaveCounted(tap, said.matching(names), names);
      } else {
        new EncryptedCounts(tap).shouldBe(below, names);
      }
    }
  }

  /** Whether one of those under test can. */
  static boolean canReadTls() {
    return List.of(CHOICE.split(",", -1)).contains(TapChoice.TRACING.label());
  }

  /** Those that can read connections with such an encryption. */
  List<WireTap> reading(Encryption encryption) {
    return taps.stream()
        .filter(tap -> encryption == Encryption.NONE || tap.tap() == TapChoice.TRACING)
        .toList();
  }

  /** The same of some counts, for workloads that have others which no witness can know exactly. */
  void shouldHaveCounted(Tally witnessed, Predicate<String> names) throws InterruptedException {
    for (WireTap tap : taps) {
      shouldHaveCounted(tap, witnessed, names);
    }
  }

  private static void shouldHaveCounted(WireTap tap, Tally witnessed, Predicate<String> names)
      throws InterruptedException {
    assertThat(settledDifference(tap, witnessed, names))
        .as(tap.tap() + ": witness, kernel, difference")
        .isEmpty();
    WireSnapshot snapshot = tap.read();
    assertThat(snapshot.lost().keySet()).containsExactlyInAnyOrder(LostReason.values());
    System.out.printf(
        "Linux %s, %s tap: %d responses, difference 0, lost 0; fsyncs not timed: %d%n",
        System.getProperty("os.version"),
        tap.tap(),
        responses(snapshot, names),
        snapshot.lost().getOrDefault(LostReason.FSYNC_GAP, 0L));
  }

  /**
   * The same where bytes of clients went by unread, and commands with them: each tap has counted
   * every answer all the same, and what commands it missed is said by the number of gaps.
   */
  void shouldHaveCountedEveryAnswer(Tally witnessed) throws InterruptedException {
    for (WireTap tap : taps) {
      long gaps = tap.read().lost().getOrDefault(LostReason.COMMAND_GAP, 0L);
      System.out.println(tap.tap() + ": " + gaps + " gaps in what clients sent");
      Predicate<String> exact = gaps == 0 ? name -> true : name -> !name.contains(" command ");
      assertThat(settledDifference(tap, witnessed.matching(exact), exact, gaps))
          .as(tap.tap() + ": witness, kernel, difference")
          .isEmpty();
    }
  }

  private static long responses(WireSnapshot snapshot, Predicate<String> names) {
    return KernelCounts.byBackend(snapshot)
        .matching(name -> names.test(name) && name.contains(" response "))
        .total();
  }

  private static String settledDifference(WireTap tap, Tally witnessed, Predicate<String> names)
      throws InterruptedException {
    return settledDifference(tap, witnessed, names, 0);
  }

  private static String settledDifference(
      WireTap tap, Tally witnessed, Predicate<String> names, long gaps)
      throws InterruptedException {
    Tally left = new Tally();
    left.add("lost " + LostReason.COMMAND_GAP.label(), gaps);
    return settled(
        () -> {
          WireSnapshot snapshot = tap.read();
          return witnessed.difference(KernelCounts.byBackend(snapshot).matching(names))
              + left.difference(KernelCounts.leftovers(snapshot));
        });
  }

  /**
   * What there is still to complain about once the kernel had time to settle; empty for nothing.
   */
  static String settled(Supplier<String> complaint) throws InterruptedException {
    long deadline = System.nanoTime() + SETTLE_NANOSECONDS;
    String last;
    do {
      Thread.sleep(20);
      last = complaint.get();
    } while (!last.isEmpty() && System.nanoTime() < deadline);
    return last;
  }

  @Override
  public void close() {
    taps.forEach(WireTap::close);
  }
}
