package io.mysqlwire.bpf;

import java.util.Locale;

/**
 * What mysqld keeps in a file, in the order of {@code enum mysql_file_class} of {@code layout.h}.
 */
public enum FileClass {
  /** InnoDB's redo log. */
  REDO,
  /** Binary logs and their index. */
  BINLOG,
  /** Relay logs of a replica and their index. */
  RELAYLOG,
  /** Tablespaces, undo and doublewrite files of InnoDB; tables of MyISAM and Aria. */
  DATA,
  /** Everything else, directories included. */
  OTHER;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** Value of the label {@code file}. */
  public String label() {
    return label;
  }
}
