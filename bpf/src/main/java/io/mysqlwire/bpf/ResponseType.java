package io.mysqlwire.bpf;

import java.util.Locale;

/**
 * How a response ended, in the order of {@code enum mysql_response_type} of {@code
 * mysql_connection.h}.
 */
public enum ResponseType {
  /** OK packet. */
  OK,
  /** Result set, walked to its last packet. */
  RESULTSET,
  /** ERR packet, also one that cuts a result set short. */
  ERR,
  /** Lone EOF packet (COM_SET_OPTION, COM_DEBUG). */
  EOF,
  /** LOAD DATA LOCAL INFILE that ended well. */
  LOCAL_INFILE,
  /** The text that answers COM_STATISTICS. */
  STATISTICS,
  /** Endless answer (binlog dump and the like), counted when it starts. */
  STREAM,
  /** Login or change of user accepted. */
  AUTH_OK,
  /** Login, change of user or connection refused. */
  AUTH_ERR,
  /** ERR that answers no command: idle time-out, shutdown, kill. */
  DISCONNECT;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** Value of the label {@code response_type}. */
  public String label() {
    return label;
  }

  /** Whether responses of this type carry an error code. */
  public boolean hasErrorCode() {
    return this == ERR || this == AUTH_ERR || this == DISCONNECT;
  }
}
