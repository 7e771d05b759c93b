package io.mysqlwire.exporter.status;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.LostReason;
import io.mysqlwire.bpf.MapFill;
import io.mysqlwire.bpf.OpaqueCount;
import io.mysqlwire.bpf.WireSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds what is not as it should be; the words are those of {@code rules/runbook.md}. */
final class Warnings {
  /** A map that is this full will be full soon. */
  private static final double NEARLY_FULL = 0.8;

  private final WireSnapshot snapshot;
  private final Increases increases;
  private final List<Warning> found = new ArrayList<>();

  private Warnings(WireSnapshot snapshot, Increases increases) {
    this.snapshot = snapshot;
    this.increases = increases;
  }

  /** What matters now first. */
  static List<Warning> of(WireSnapshot snapshot, Increases increases) {
    Warnings warnings = new Warnings(snapshot, increases);
    for (LostReason reason : LostReason.values()) {
      warnings.lost(reason);
    }
    warnings.otherBackends();
    snapshot.maps().forEach(warnings::nearlyFull);
    snapshot.opaque().forEach(warnings::opaque);
    warnings.found.sort(Comparator.comparing(warning -> !warning.isNow())); // keeps the order else
    return warnings.found;
  }

  private void lost(LostReason reason) {
    long total = snapshot.lost().getOrDefault(reason, 0L);
    if (total > 0) {
      long recent = increases.of(reason)[0];
      found.add(
          new Warning(
              recent > 0,
              grouped(total) + " × " + Remedies.what(reason) + recent(recent),
              Remedies.of(reason)));
    }
  }

  /** Where backends count as {@code other}, though none was refused a place of late. */
  private void otherBackends() {
    if (snapshot.lost().getOrDefault(LostReason.BACKENDS_FULL, 0L) > 0) {
      return; // said already
    }
    Stream<BackendCounters> others =
        snapshot.backends().stream().filter(line -> line.backend().backend().equals("other"));
    if (others.anyMatch(line -> line.connectionsOpened() > 0)) {
      found.add(
          new Warning(
              true,
              "Some backends count together as \"other\"",
              Remedies.of(LostReason.BACKENDS_FULL)));
    }
  }

  private void nearlyFull(MapFill map) {
    if (map.entries() >= NEARLY_FULL * map.maxEntries()) {
      found.add(
          new Warning(
              true,
              String.format(
                  Locale.ROOT,
                  "The kernel's map \"%s\" is %d %% full (%,d of %,d)",
                  map.map(),
                  map.entries() * 100 / map.maxEntries(),
                  map.entries(),
                  map.maxEntries()),
              Remedies.ofFullMap(map.map())));
    }
  }

  private void opaque(OpaqueCount opaque) {
    if (opaque.connections() == 0 && opaque.unclassified() == 0) {
      return;
    }
    long recent = increases.of(OpaqueKey.of(opaque))[0];
    String what = Remedies.what(opaque.reason(), opaque.server());
    if (opaque.connections() > 0) {
      what +=
          ": "
              + grouped(opaque.connections())
              + (opaque.connections() == 1 ? " is" : " are")
              + " open";
    }
    if (opaque.unclassified() > 0) {
      what += "; " + grouped(opaque.unclassified()) + " responses were not read" + recent(recent);
    }
    found.add(
        new Warning(
            (opaque.connections() > 0 && Remedies.hidesAnswers(opaque.reason())) || recent > 0,
            what,
            Remedies.of(opaque.reason())));
  }

  private String recent(long increase) {
    return String.format(
        Locale.ROOT,
        ", %s in the last %.0f s",
        increase == 0 ? "none" : grouped(increase),
        increases.seconds());
  }

  private static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
