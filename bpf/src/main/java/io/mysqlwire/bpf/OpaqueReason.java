package io.mysqlwire.bpf;

import java.util.Locale;

/**
 * Why responses of a connection can't be read, in the order of {@code enum mysql_opaque_reason} of
 * {@code mysql_connection.h}.
 */
public enum OpaqueReason {
  TLS,
  COMPRESSED,
  REPLICATION,
  DESYNCED,
  MPTCP,
  KTLS,
  X_PROTOCOL,
  GROUP_REPLICATION;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** Value of the label {@code reason}. */
  public String label() {
    return label;
  }
}
