package io.mysqlwire.exporter.web;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.ErrorCount;
import io.mysqlwire.bpf.LostReason;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.bpf.WireSnapshot;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The sums of a snapshot that a person wants to see first.
 *
 * @param responses responses by type, types never seen left out
 * @param lost what could not be attributed, reasons at 0 left out
 * @param connections open connections
 * @param inFlight commands in flight
 * @param busiest backends with most responses, most first
 */
record Status(
    Map<ResponseType, Long> responses,
    Map<LostReason, Long> lost,
    long connections,
    long inFlight,
    List<BackendStatus> busiest) {

  private static final ResponseType[] TYPES = ResponseType.values();

  /** One backend's line. */
  record BackendStatus(BackendCounters counters, long responses, long errors) {}

  static Status of(WireSnapshot snapshot, int most) {
    Map<ResponseType, Long> responses = new EnumMap<>(ResponseType.class);
    Map<Object, Long> errors = new HashMap<>();
    for (ErrorCount error : snapshot.errors()) {
      responses.merge(error.type(), error.count(), Long::sum);
      errors.merge(error.backend(), error.count(), Long::sum);
    }
    for (BackendCounters counters : snapshot.backends()) {
      for (int i = 0; i < TYPES.length; i++) {
        responses.merge(TYPES[i], counters.responses()[i], Long::sum);
      }
    }
    responses.values().removeIf(count -> count == 0);
    Map<LostReason, Long> lost = new EnumMap<>(LostReason.class);
    lost.putAll(snapshot.lost());
    lost.values().removeIf(count -> count == 0);
    List<BackendStatus> busiest =
        snapshot.backends().stream()
            .map(counters -> status(counters, errors.getOrDefault(counters.backend(), 0L)))
            .sorted(Comparator.comparingLong(BackendStatus::responses).reversed())
            .limit(most)
            .toList();
    return new Status(
        responses,
        lost,
        snapshot.backends().stream().mapToLong(BackendCounters::connections).sum(),
        snapshot.backends().stream().mapToLong(BackendCounters::commandsInFlight).sum(),
        busiest);
  }

  private static BackendStatus status(BackendCounters counters, long errors) {
    return new BackendStatus(counters, LongStream.of(counters.responses()).sum() + errors, errors);
  }
}
