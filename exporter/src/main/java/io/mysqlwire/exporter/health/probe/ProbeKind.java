package io.mysqlwire.exporter.health.probe;

import java.util.Locale;

/** The ladder of probes: each sees what those before it are blind to. */
public enum ProbeKind {
  /** A new connection and a login each time. Blind to all that comes after the login. */
  CONNECT,
  /** {@code SELECT 1}: no table, so it never enters InnoDB. */
  SELECT_1,
  /** Reads the table. Blind to a full disk of the binlog. */
  READ,
  /** Writes a row of the table. On a disk that is merely slow it gets its turn in time. */
  WRITE,
  /** What the server measured of its own waits for redo log and binlog. */
  STATISTICS;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** Value of the label {@code probe}. */
  public String label() {
    return label;
  }
}
