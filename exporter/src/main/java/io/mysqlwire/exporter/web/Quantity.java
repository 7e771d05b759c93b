package io.mysqlwire.exporter.web;

import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as people read them. */
final class Quantity {
  private static final String NONE = "–";
  private static final double SMALLEST_RATE = 0.05;

  private Quantity() {}

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Things per second with one decimal, so that columns line up; never 0 where there were some. */
  static String rate(double perSecond) {
    return perSecond > 0 && perSecond < SMALLEST_RATE
        ? "<0.1"
        : String.format(Locale.ROOT, "%,.1f", perSecond);
  }

  /** Which share of the responses were errors. */
  static String share(double errorsPerSecond, double responsesPerSecond) {
    if (responsesPerSecond == 0) {
      return NONE;
    }
    double percent = 100 * errorsPerSecond / responsesPerSecond;
    return (percent == 100 ? "100" : rate(percent)) + " %";
  }

  /** An age, in whole seconds once it has some. */
  static String age(double seconds) {
    if (seconds <= 0) {
      return NONE;
    }
    long whole = (long) seconds;
    if (whole >= 3600) {
      return whole / 3600 + " h " + whole / 60 % 60 + " min";
    }
    return whole >= 60 ? whole / 60 + " min " + whole % 60 + " s" : time(seconds);
  }

  /** A quantile; {@code longest} and more is told as such. */
  static String quantile(OptionalDouble seconds, double longest) {
    if (seconds.isEmpty()) {
      return NONE;
    }
    double value = seconds.getAsDouble();
    return value >= longest ? String.format(Locale.ROOT, ">%.0f s", longest) : time(value);
  }

  /** Two digits: the buckets know no more. */
  private static String time(double seconds) {
    boolean inSeconds = seconds >= 0.9995;
    double value = inSeconds ? seconds : seconds * 1e3;
    int decimals = value < 0.0995 ? 3 : value < 0.995 ? 2 : value < 9.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f %s", value, inSeconds ? "s" : "ms");
  }
}
