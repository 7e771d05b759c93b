package io.mysqlwire.bpf;

import java.util.EnumMap;
import java.util.Map;

/** Reads what was not counted. Not thread-safe. */
final class LostReader {
  private static final LostReason[] REASONS = LostReason.values();

  private final ReadableMap lost;

  LostReader(long handle) {
    int reasons = MapLayout.LOST_REASONS.get();
    lost = new ReadableMap(handle, "lost", Long.BYTES, Long.BYTES, reasons);
  }

  Map<LostReason, Long> read() {
    int n = lost.read();
    Map<LostReason, Long> counts = new EnumMap<>(LostReason.class);
    for (int i = 0; i < n; i++) {
      counts.put(
          REASONS[lost.elements().getInt(lost.key(i))], lost.elements().getLong(lost.value(i)));
    }
    return counts;
  }
}
