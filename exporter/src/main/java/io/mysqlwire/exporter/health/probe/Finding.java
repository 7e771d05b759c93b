package io.mysqlwire.exporter.health.probe;

import java.util.Locale;

/** What came out of a probe. */
public enum Finding {
  /** Nothing yet. */
  PENDING,
  /** It was answered in time. */
  OK,
  /** It waits for an answer, past its deadline. */
  HANGS,
  /** It was answered, past its deadline. */
  LATE,
  /** There is a host, and nothing that listens. */
  NO_LISTENER,
  /** No way to the host, or the host says nothing. */
  UNREACHABLE,
  /** The server takes nobody: too many connections, shutting down, offline. */
  REFUSED,
  /** The probe's account, its rights or its table are not as they should be. */
  DENIED,
  /** The server is read-only, so nothing was written. */
  READ_ONLY,
  /** The connection broke. */
  LOST,
  /** The server answered with an error of its own. */
  FAILED;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The word for machines. */
  public String label() {
    return label;
  }

  /** Whether no answer came in time. */
  public boolean isTooLate() {
    return this == HANGS || this == LATE;
  }
}
