package io.mysqlwire.exporter.status;

import io.mysqlwire.bpf.Backend;
import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.ErrorCount;
import io.mysqlwire.bpf.LostReason;
import io.mysqlwire.bpf.OpaqueCount;
import io.mysqlwire.bpf.WireSnapshot;
import java.util.HashMap;
import java.util.Map;

/**
 * The counters of one snapshot that the page shows rates of, by what they count: a {@link Backend},
 * an {@link ErrorKey}, a {@link LostReason} or an {@link OpaqueKey}.
 */
final class Totals {
  /** Columns of a backend; the buckets of the latency follow. All others have one column. */
  static final int RESPONSES = 0;

  static final int ERRORS = 1;
  static final int LATENCY = 2;

  private static final int BACKEND_COLUMNS = LATENCY + WireSnapshot.LATENCY_BUCKETS;

  private final Map<Object, long[]> byKey;

  private Totals(int size) {
    byKey = new HashMap<>(size);
  }

  static Totals of(WireSnapshot snapshot) {
    Totals totals = new Totals(2 * (snapshot.backends().size() + snapshot.errors().size()));
    for (BackendCounters counters : snapshot.backends()) {
      totals.byKey.put(counters.backend(), columns(counters));
    }
    for (ErrorCount error : snapshot.errors()) {
      totals.byKey.put(ErrorKey.of(error), new long[] {error.count()});
      // An error of a backend that came up after the counters were read has no line yet.
      long[] backend =
          totals.byKey.computeIfAbsent(error.backend(), unused -> new long[BACKEND_COLUMNS]);
      backend[RESPONSES] += error.count();
      backend[ERRORS] += error.count();
    }
    snapshot.lost().forEach((reason, count) -> totals.byKey.put(reason, new long[] {count}));
    for (OpaqueCount opaque : snapshot.opaque()) {
      totals.byKey.put(OpaqueKey.of(opaque), new long[] {opaque.unclassified()});
    }
    return totals;
  }

  private static long[] columns(BackendCounters counters) {
    long[] columns = new long[BACKEND_COLUMNS];
    for (long responses : counters.responses()) {
      columns[RESPONSES] += responses;
    }
    System.arraycopy(counters.latencyBuckets(), 0, columns, LATENCY, WireSnapshot.LATENCY_BUCKETS);
    return columns;
  }

  Map<Object, long[]> byKey() {
    return byKey;
  }

  long[] of(Object key) {
    long[] columns = byKey.get(key);
    if (columns == null) {
      throw new IllegalArgumentException("not in this snapshot: " + key);
    }
    return columns;
  }
}
