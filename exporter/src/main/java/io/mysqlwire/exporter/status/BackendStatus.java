package io.mysqlwire.exporter.status;

import io.mysqlwire.bpf.Backend;
import java.util.Comparator;

/**
 * How one backend is served.
 *
 * @param backend who
 * @param name name of its address, empty when there is none
 * @param connections open connections
 * @param inFlight commands that wait for the end of their response
 * @param oldestSeconds age of the oldest of those
 * @param responsesPerSecond responses within the window, errors included
 * @param errorsPerSecond errors within the window
 * @param responses responses since counting began, errors included
 * @param latency of the window
 */
public record BackendStatus(
    Backend backend,
    String name,
    long connections,
    long inFlight,
    double oldestSeconds,
    double responsesPerSecond,
    double errorsPerSecond,
    long responses,
    Latency latency) {

  /** A command that has waited so long is worth a look even when the backend gets no error. */
  static final double LONG_SECONDS = 10;

  /** Those with most errors first, then those that wait, then the busiest. */
  static final Comparator<BackendStatus> WORST_FIRST =
      Comparator.comparingDouble(BackendStatus::errorsPerSecond)
          .thenComparingDouble(status -> status.waitsLong() ? status.oldestSeconds() : 0)
          .thenComparingDouble(BackendStatus::responsesPerSecond)
          .thenComparingLong(BackendStatus::responses)
          .reversed();

  /** Whether a command of it has waited for long. */
  public boolean waitsLong() {
    return oldestSeconds >= LONG_SECONDS;
  }

  BackendStatus withName(String found) {
    return new BackendStatus(
        backend,
        found,
        connections,
        inFlight,
        oldestSeconds,
        responsesPerSecond,
        errorsPerSecond,
        responses,
        latency);
  }
}
