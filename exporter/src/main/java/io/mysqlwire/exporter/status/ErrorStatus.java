package io.mysqlwire.exporter.status;

import io.mysqlwire.bpf.Backend;
import io.mysqlwire.bpf.ErrorCount;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.exporter.errors.MysqlError;
import java.util.Comparator;

/**
 * One error that one backend gets.
 *
 * @param backend who
 * @param name name of its address, empty when there is none
 * @param type as what it gets it
 * @param error which
 * @param perSecond how many within the window
 * @param total how many since counting began
 */
public record ErrorStatus(
    Backend backend,
    String name,
    ResponseType type,
    MysqlError error,
    double perSecond,
    long total) {

  /** Those of now first, then those of before. */
  static final Comparator<ErrorStatus> MOST_FIRST =
      Comparator.comparingDouble(ErrorStatus::perSecond)
          .thenComparingLong(ErrorStatus::total)
          .reversed();

  /** Whether it stands for all the codes that found no room. */
  public boolean isOtherCodes() {
    return error.code() == ErrorCount.OTHER_CODES;
  }

  ErrorStatus withName(String found) {
    return new ErrorStatus(backend, found, type, error, perSecond, total);
  }
}
