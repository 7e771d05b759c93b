package io.mysqlwire.bpf;

import java.util.Locale;

/**
 * The commands of the protocol, in the order of {@code enum mysql_command_class} of {@code
 * mysql_connection.h}. {@link #OTHER} stands for every byte that no server of today knows.
 */
public enum Command {
  SLEEP,
  QUIT,
  INIT_DB,
  QUERY,
  FIELD_LIST,
  CREATE_DB,
  DROP_DB,
  REFRESH,
  SHUTDOWN,
  STATISTICS,
  PROCESS_INFO,
  CONNECT,
  PROCESS_KILL,
  DEBUG,
  PING,
  TIME,
  DELAYED_INSERT,
  CHANGE_USER,
  BINLOG_DUMP,
  TABLE_DUMP,
  CONNECT_OUT,
  REGISTER_REPLICA,
  STMT_PREPARE,
  STMT_EXECUTE,
  STMT_SEND_LONG_DATA,
  STMT_CLOSE,
  STMT_RESET,
  SET_OPTION,
  STMT_FETCH,
  DAEMON,
  BINLOG_DUMP_GTID,
  RESET_CONNECTION,
  CLONE,
  SUBSCRIBE_GROUP_REPLICATION_STREAM,
  STMT_BULK_EXECUTE,
  OTHER;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** Value of the label {@code command}. */
  public String label() {
    return label;
  }
}
