package io.mysqlwire.exporter.health.probe;

import java.time.Duration;

/**
 * How servers are probed.
 *
 * @param interval between the end of an attempt and the next
 * @param timeout deadline of an attempt
 * @param table {@code SCHEMA.TABLE} that is read and written
 * @param ioThreshold waits for redo log and binlog above it are abnormal
 * @param statisticsReset whether the server's statistics are reset after an anomaly
 */
public record ProbeSettings(
    Duration interval,
    Duration timeout,
    String table,
    Duration ioThreshold,
    boolean statisticsReset) {
  /** The table as SQL has it. */
  String quotedTable() {
    return '`' + table.replace(".", "`.`") + '`';
  }

  /** How long a hanging statement is waited for before its connection is given up, in seconds. */
  long patienceSeconds() {
    return Math.max(1, 10 * timeout.toMillis() / 1000);
  }
}
