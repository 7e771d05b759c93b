package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.LostReason;
import io.mysqlwire.bpf.OpaqueCount;
import io.mysqlwire.bpf.WireSnapshot;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.List;

/** How far the other families can be believed: what could not be read, and what was lost. */
final class TruthFamilies {
  private static final List<String> OPAQUE_LABELS = List.of("server", "reason");

  private TruthFamilies() {}

  static void collect(WireSnapshot snapshot, List<MetricFamilySamples> into) {
    Family connections =
        Family.gauge(
            "mysql_wire_opaque_connections",
            "Open connections whose responses can't be read, by reason.",
            OPAQUE_LABELS);
    Family unclassified =
        Family.counter(
            "mysql_wire_unclassified_responses_total",
            "Responses seen and not classified, by reason.",
            OPAQUE_LABELS);
    for (OpaqueCount opaque : snapshot.opaque()) {
      List<String> labels = List.of(opaque.server(), opaque.reason().label());
      connections.add(labels, opaque.connections());
      unclassified.add(labels, opaque.unclassified());
    }
    into.add(connections.build());
    into.add(unclassified.build());
    into.add(lost(snapshot));
  }

  private static MetricFamilySamples lost(WireSnapshot snapshot) {
    Family family =
        Family.counter(
            "mysql_wire_lost_total",
            "Whatever could not be attributed, by reason; 0 in normal life.",
            List.of("reason"));
    for (LostReason reason : LostReason.values()) {
      family.add(List.of(reason.label()), snapshot.lost().getOrDefault(reason, 0L));
    }
    return family.build();
  }
}
