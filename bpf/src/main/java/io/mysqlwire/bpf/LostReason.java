package io.mysqlwire.bpf;

import java.util.Locale;

/**
 * What was not attributed and why, in the order of {@code enum mysql_lost_reason} of {@code
 * maps.bpf.h}. All are 0 in normal life.
 */
public enum LostReason {
  /** A new backend found no free id; its responses count under {@code backend="other"}. */
  BACKENDS_FULL,
  /** A new connection found no free gauge slot; it is counted, but missing from the gauges. */
  CONNECTIONS_FULL,
  /**
   * An error code found no room in the map of errors; it counts under {@code error_code="other"}.
   */
  RESPONSES_FULL,
  /** The kernel had no memory for the state of a connection. */
  MEMORY,
  /** More commands were pipelined than a connection remembers; their answers are typed by shape. */
  PIPELINE_FULL,
  /** Bytes of mysqld were never seen (a missed send). */
  RESPONSE_GAP,
  /** Commands were never seen (arrived out of order); their answers are counted by their form. */
  COMMAND_GAP,
  /** Bytes of mysqld could not be read from its memory. */
  UNREADABLE,
  /** One send held more packets than a program may walk. */
  WALK_LIMIT,
  /** Bytes that are no MySQL packet where one had to start. */
  MALFORMED,
  /** A new server or class of files found no room in the map of fsyncs; the call is not counted. */
  FSYNCS_FULL,
  /** The beginning or the end of an fsync was never seen; the call is not counted. */
  FSYNC_GAP,
  /** A server listens on more addresses than there is room for; under auto it is not watched. */
  LISTENERS_FULL;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** Value of the label {@code reason}. */
  public String label() {
    return label;
  }
}
