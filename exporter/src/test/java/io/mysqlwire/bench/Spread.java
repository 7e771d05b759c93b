package io.mysqlwire.bench;

import java.util.List;
import java.util.Locale;

/** The smallest, the middle and the largest of some figures. */
record Spread(double min, double median, double max) {
  static Spread of(List<Double> figures) {
    List<Double> sorted = figures.stream().sorted().toList();
    return new Spread(sorted.get(0), sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
  }

  Spread times(double factor) {
    return new Spread(min * factor, median * factor, max * factor);
  }

  @Override
  public String toString() {
    return text(min) + " / " + text(median) + " / " + text(max);
  }

  /** Three digits are all that a run of the next day would repeat, if that. */
  static String text(double figure) {
    String format = figure >= 100 ? "%,.0f" : figure >= 10 ? "%.1f" : figure >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, figure);
  }
}
