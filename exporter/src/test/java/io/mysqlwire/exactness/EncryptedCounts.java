package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.OpaqueCount;
import io.mysqlwire.bpf.OpaqueReason;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.testing.Tally;
import java.util.function.Predicate;

/** A tap that cannot read what is encrypted: it says so, and takes none of it for MySQL. */
final class EncryptedCounts {
  private final WireTap tap;

  EncryptedCounts(WireTap tap) {
    this.tap = tap;
  }

  /** What could be known has been counted, and of the rest only that it was there. */
  void shouldBe(Witness belowTls, Predicate<String> names) throws InterruptedException {
    Tally known = belowTls.byBackend().matching(names);
    assertThat(Taps.settled(() -> trouble(known, names)))
        .as(tap.tap() + ": witness below TLS, kernel, difference")
        .isEmpty();
    assertThat(unclassified(tap.read())).as("unclassified").isPositive();
    System.out.printf(
        "Linux %s, %s tap: difference 0 to what can be known below TLS; %d unclassified%n",
        System.getProperty("os.version"), tap.tap(), unclassified(tap.read()));
  }

  private String trouble(Tally known, Predicate<String> names) {
    WireSnapshot snapshot = tap.read();
    Tally left =
        KernelCounts.leftovers(snapshot)
            .matching(name -> !name.endsWith(" opaque tls unclassified"));
    return known.difference(KernelCounts.byBackend(snapshot).matching(names))
        + new Tally().difference(left);
  }

  private static long unclassified(WireSnapshot snapshot) {
    return snapshot.opaque().stream()
        .filter(opaque -> opaque.reason() == OpaqueReason.TLS)
        .mapToLong(OpaqueCount::unclassified)
        .sum();
  }
}
