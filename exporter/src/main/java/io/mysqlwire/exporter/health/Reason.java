package io.mysqlwire.exporter.health;

import java.util.Locale;

/** What the verdict on a server can be, in the order of the metric's series. */
public enum Reason {
  OK,
  DOWN,
  UNREACHABLE,
  REFUSING,
  STUCK,
  EXHAUSTED,
  CANNOT_READ,
  CANNOT_WRITE,
  READ_ONLY,
  SLOW_DISK,
  STARTING,
  UNKNOWN;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** Value of the label {@code reason}. */
  public String label() {
    return label;
  }
}
