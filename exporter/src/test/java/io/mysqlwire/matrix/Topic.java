package io.mysqlwire.matrix;

import io.mysqlwire.testing.ServerKind;
import java.util.List;
import java.util.Locale;

/** What a conversation is about, and what the witness must have seen in it for that to be true. */
enum Topic {
  LOGIN_NATIVE("response auth_ok"),
  LOGIN_SHA2("sha2 full", "sha2 fast"),
  AUTH_SWITCH("auth switch"),
  LOGIN_REFUSED("response auth_err 1045"),
  CHANGE_USER("command change_user"),
  CHANGE_USER_REFUSED("command change_user", "response auth_err 1045"),
  RESET_CONNECTION("command reset_connection"),
  TEXT("command query", "response resultset", "response ok", "rows"),
  ERRORS("response err 1064", "response err 1146", "response err 50001"),
  MULTI_STATEMENT("more results", "response err 1064"),
  CALL("more results", "response err 50002"),
  PREPARED("command stmt_prepare", "command stmt_execute", "command stmt_close", "rows"),
  PREPARED_ERROR("command stmt_prepare", "response err 1146", "response err 1062"),
  STMT_RESET("command stmt_reset"),
  CURSOR("command stmt_fetch"),
  LONG_DATA("command stmt_send_long_data"),
  BATCH("command stmt_execute"),
  BULK("command stmt_bulk_execute"),
  LOCAL_INFILE("response local_infile"),
  LOCAL_INFILE_FAILS("response err 50007"),
  PING("command ping"),
  INIT_DB("command init_db"),
  STATISTICS("response statistics"),
  FIELD_LIST("command field_list", "response resultset"),
  SET_OPTION("command set_option", "response eof"),
  DEBUG("command debug", "response eof"),
  PROCESS_INFO("command process_info", "response resultset"),
  OLD_EOF("old eof", "rows"),
  NEW_EOF("new eof", "rows"),
  LONG_ROW("long packet", "response resultset"),
  SEQUENCE_ID_WRAPS("sequence id wraps"),
  ERROR_AFTER_ROWS("error after rows", "response err 1242"),
  PROGRESS_REPORT("progress report"),
  COMPRESSED("compressed", "response err 1064", "rows"),
  TLS("tls"),
  BINLOG_DUMP("response stream");

  private final String proofs;

  Topic(String... proofs) {
    this.proofs = String.join(",", proofs);
  }

  /** Names of which the witness has to have seen at least one each. */
  List<String> proofs() {
    return List.of(proofs.split(",", -1));
  }

  /** For people and for files. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the connection ends up unreadable, so that somebody has to look while it is open. */
  boolean isOpaque() {
    return this == COMPRESSED || this == TLS || this == BINLOG_DUMP;
  }

  /** Why no client can talk about it with such a server; empty when some can. */
  String impossibleOn(ServerKind kind) {
    return switch (this) {
      case LOGIN_SHA2 -> kind == ServerKind.MYSQL_8_0 ? "" : "server has no such plugin";
      case BULK, PROGRESS_REPORT -> kind.isMariaDb() ? "" : "only MariaDB has it";
      case TLS -> kind == ServerKind.MYSQL_5_7 ? "yaSSL ends at TLS 1.1, clients refuse it" : "";
      default -> "";
    };
  }
}
