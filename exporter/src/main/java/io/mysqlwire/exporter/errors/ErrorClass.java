package io.mysqlwire.exporter.errors;

import java.util.Locale;

/** What kind of trouble an error code stands for: whom to wake, in one word. */
public enum ErrorClass {
  /** Who may connect, and what they may do. */
  CONNECTION,
  /** A limit of the server on connections, threads or prepared statements. */
  CAPACITY,
  /** The conversation itself broke. */
  NETWORK,
  LOCK,
  READ_ONLY,
  REPLICATION,
  /** Time-outs, kills and shutdown. */
  TIMEOUT,
  /** Disk, memory, broken files. */
  RESOURCE,
  /** A value that a constraint or a type refused. */
  CONSTRAINT,
  /** Statements that do not fit the schema or the grammar. */
  SCHEMA,
  OTHER;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** Value of the label {@code class}. */
  public String label() {
    return label;
  }
}
