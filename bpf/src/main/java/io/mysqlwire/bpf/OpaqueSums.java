package io.mysqlwire.bpf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can't be read, summed over the backends of each server. */
final class OpaqueSums {
  private static final OpaqueReason[] REASONS = OpaqueReason.values();

  private final Map<String, OpaqueCount[]> byServer = new LinkedHashMap<>();

  /**
   * Adds one backend.
   *
   * @param unclassified responses, by {@link OpaqueReason}
   */
  void add(String server, Gauges.Gauge gauge, long[] unclassified) {
    OpaqueCount[] sums =
        byServer.computeIfAbsent(server, unused -> new OpaqueCount[REASONS.length]);
    for (int i = 0; i < REASONS.length; i++) {
      @Nullable OpaqueCount before = sums[i];
      if (before != null && gauge.opaque(i) == 0 && unclassified[i] == 0) {
        continue; // adds nothing, which is the rule
      }
      sums[i] =
          new OpaqueCount(
              server,
              REASONS[i],
              gauge.opaque(i) + (before == null ? 0 : before.connections()),
              unclassified[i] + (before == null ? 0 : before.unclassified()));
    }
  }

  /** Each reason of each server. */
  List<OpaqueCount> counts() {
    List<OpaqueCount> counts = new ArrayList<>();
    byServer.values().forEach(sums -> counts.addAll(List.of(sums)));
    return counts;
  }
}
