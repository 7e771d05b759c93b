package io.mysqlwire.matrix;

import io.mysqlwire.bpf.LostReason;
import io.mysqlwire.bpf.OpaqueCount;
import io.mysqlwire.bpf.OpaqueReason;
import io.mysqlwire.bpf.TapException;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.exactness.KernelCounts;
import io.mysqlwire.exactness.Taps;
import io.mysqlwire.testing.Tally;
import java.util.Map;
import java.util.TreeMap;

/** The tap under test, asked about one cell: its client's address and what was lost meanwhile. */
final class KernelTap implements AutoCloseable {
  private final WireTap tap;

  private KernelTap(WireTap tap) {
    this.tap = tap;
  }

  static KernelTap attach(int port) throws TapException {
    return new KernelTap(
        WireTap.attach(Taps.config(port, System.getProperty("mysqlwire.tap", "cgroup"))));
  }

  WireSnapshot read() {
    return tap.read();
  }

  /** A snapshot as if there were no other client. */
  static WireSnapshot only(WireSnapshot snapshot, String address) {
    return new WireSnapshot(
        snapshot.backends().stream()
            .filter(counters -> counters.backend().backend().equals(address))
            .toList(),
        snapshot.errors().stream()
            .filter(error -> error.backend().backend().equals(address))
            .toList(),
        snapshot.lost(),
        snapshot.opaque(),
        snapshot.fsyncs(),
        snapshot.fsyncsInFlight(),
        snapshot.maps(),
        snapshot.programs());
  }

  static Tally counts(WireSnapshot snapshot, String address) {
    return KernelCounts.byBackend(only(snapshot, address));
  }

  /** What was lost between the two. */
  static Map<LostReason, Long> lost(WireSnapshot before, WireSnapshot after) {
    Map<LostReason, Long> lost = new TreeMap<>();
    after
        .lost()
        .forEach(
            (reason, count) -> {
              long more = count - before.lost().getOrDefault(reason, 0L);
              if (more != 0) {
                lost.put(reason, more);
              }
            });
    return lost;
  }

  /** Open connections of that kind. */
  static long open(WireSnapshot snapshot, OpaqueReason reason) {
    return snapshot.opaque().stream()
        .filter(opaque -> opaque.reason() == reason)
        .mapToLong(OpaqueCount::connections)
        .sum();
  }

  static long unclassified(WireSnapshot snapshot, OpaqueReason reason) {
    return snapshot.opaque().stream()
        .filter(opaque -> opaque.reason() == reason)
        .mapToLong(OpaqueCount::unclassified)
        .sum();
  }

  @Override
  public void close() {
    tap.close();
  }
}
