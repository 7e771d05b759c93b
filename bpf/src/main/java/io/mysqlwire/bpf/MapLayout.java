package io.mysqlwire.bpf;

/**
 * Sizes and offsets of keys and values, in bytes, and lengths of their arrays, in the order of
 * {@code layout[]} of {@code native_layout.c}: C is asked, nothing is guessed.
 */
enum MapLayout {
  IDENTITY,
  IDENTITY_SERVER,
  IDENTITY_BACKEND,
  IDENTITY_PORT,
  IDENTITY_OTHER,
  IDENTITY_CUT,
  IDENTITY_ZONE,
  IDENTITY_NAMESPACE,
  IDENTITY_USER,
  USER_MAX,
  UNIX_NAME,
  UNIX_NAME_BYTES,
  UNIX_NAME_LENGTH,
  COUNTERS,
  COUNTERS_RESPONSES,
  COUNTERS_COMMANDS,
  COUNTERS_UNCLASSIFIED,
  COUNTERS_BYTES,
  COUNTERS_ROWS,
  COUNTERS_OPENED,
  COUNTERS_LATENCY,
  COUNTERS_LATENCY_NS,
  COUNTERS_COMMAND_NS,
  ERROR_BACKEND,
  ERROR_CODE,
  ERROR_TYPE,
  ERROR,
  GAUGE,
  GAUGE_USED,
  GAUGE_BACKEND,
  GAUGE_OPAQUE,
  GAUGE_WAITING,
  WAITING_COMMANDS_SHIFT,
  WAITING_TIME_SHIFT,
  GAUGES_USED_PEAK,
  FSYNC_KEY,
  FSYNC_KEY_SERVER,
  FSYNC_KEY_PORT,
  FSYNC_KEY_FILE,
  FSYNC_KEY_ZONE,
  FSYNC_KEY_NAMESPACE,
  FSYNC,
  FSYNC_LATENCY,
  FSYNC_LATENCY_NS,
  LISTENER_KEY,
  LISTENER_KEY_ADDRESS,
  LISTENER_KEY_NAMESPACE,
  LISTENER_KEY_PORT,
  LISTENER,
  LISTENER_SOCKET,
  LISTENER_PROCESS,
  RESPONSE_TYPES,
  COMMAND_CLASSES,
  OPAQUE_REASONS,
  LOST_REASONS,
  LATENCY_BUCKETS,
  OTHER_BACKENDS,
  FILE_CLASSES,
  MAX_FSYNCS,
  MAX_BINARIES,
  LAYOUT_VERSION,
  DESCRIPTION,
  DESCRIPTION_LAYOUT,
  DESCRIPTION_TRACING,
  DESCRIPTION_MAX_BACKENDS,
  DESCRIPTION_IPV4_PREFIX,
  DESCRIPTION_IPV6_PREFIX,
  DESCRIPTION_ATTACHMENTS,
  DESCRIPTION_CGROUP,
  DESCRIPTION_SINCE,
  DESCRIPTION_SERVERS_SINCE,
  DESCRIPTION_PORTS,
  DESCRIPTION_TAP_REASON;

  private static final int[] FIGURES = Native.layout();

  static {
    if (FIGURES.length != values().length) {
      throw new IllegalStateException(
          "native_layout.c knows " + FIGURES.length + " figures, MapLayout " + values().length);
    }
  }

  /** The figure. */
  @SuppressWarnings("EnumOrdinal") // the order is the agreement with native_layout.c
  int get() {
    return FIGURES[ordinal()];
  }

  /** The figure rounded up to 8, as keys and values lie in a snapshot. */
  int padded() {
    return (get() + 7) & ~7;
  }
}
