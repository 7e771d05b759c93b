package io.mysqlwire.exporter;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as Prometheus and its exporters write it: {@code 90s}, {@code 1h30m}, {@code 0}. */
public final class GoDuration {
  private static final String NUMBER_AND_UNIT = "([0-9]+(?:\\.[0-9]+)?)(ns|us|µs|ms|s|m|h)";
  private static final Pattern PART = Pattern.compile(NUMBER_AND_UNIT);
  private static final Pattern FORM = Pattern.compile("0|(?:" + NUMBER_AND_UNIT + ")+");
  private static final Map<String, Long> NANOSECONDS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private GoDuration() {}

  /**
   * Reads one, none below zero; fractions of a nanosecond are dropped.
   *
   * @throws IllegalArgumentException with a message that goes behind the quoted text: which rule it
   *     breaks
   */
  public static Duration parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("is not a time");
    }
    BigDecimal sum = BigDecimal.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      long unit = NANOSECONDS.getOrDefault(part.group(2), 0L);
      sum = sum.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
    }
    if (sum.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException("is longer than 292 years");
    }
    return Duration.ofNanos(sum.longValue());
  }
}
