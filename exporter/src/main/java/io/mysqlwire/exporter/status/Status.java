package io.mysqlwire.exporter.status;

import java.util.List;

/**
 * How things stand.
 *
 * @param windowSeconds how long the window is that rates and latencies are of
 * @param servers addresses that connections were seen to
 * @param connections open connections
 * @param inFlight commands that wait for the end of their response
 * @param oldestSeconds age of the oldest of those
 * @param responsesPerSecond responses within the window, errors included
 * @param errorsPerSecond errors within the window
 * @param latency of all backends, within the window
 * @param backends backends, worst first
 * @param errors errors that were ever given, most frequent now first
 * @param warnings what is not as it should be
 */
public record Status(
    double windowSeconds,
    List<String> servers,
    long connections,
    long inFlight,
    double oldestSeconds,
    double responsesPerSecond,
    double errorsPerSecond,
    Latency latency,
    Top<BackendStatus> backends,
    Top<ErrorStatus> errors,
    List<Warning> warnings) {
  public Status {
    servers = List.copyOf(servers);
    warnings = List.copyOf(warnings);
  }

  /** Whether some command has waited for long. */
  public boolean waitsLong() {
    return oldestSeconds >= BackendStatus.LONG_SECONDS;
  }
}
