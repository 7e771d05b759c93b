package io.mysqlwire.exporter.status;

import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The first rows of a long table.
 *
 * @param rows those to show
 * @param more how many are left out
 */
public record Top<T>(List<T> rows, int more) {
  public Top {
    rows = List.copyOf(rows);
  }

  /**
   * The first {@code most} of {@code all} in that order; {@code finish} is asked for these only.
   */
  static <T> Top<T> of(List<T> all, int most, Comparator<T> order, UnaryOperator<T> finish) {
    List<T> rows = all.stream().sorted(order).limit(most).map(finish).toList();
    return new Top<>(rows, all.size() - rows.size());
  }
}
