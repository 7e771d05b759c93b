package io.mysqlwire.exporter.input;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as Prometheus and its exporters write it, which is as Go reads it: {@code 90s}, {@code
 * 1h30m}, {@code 0}.
 */
public final class GoDuration {
  private static final Pattern PART =
      Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");
  private static final Pattern FORM = Pattern.compile("[-+]?(?:0|(?:" + PART.pattern() + ")+)");

  /** Longer ones say nothing that shorter ones could not. */
  private static final int MOST_CHARACTERS = 100;

  private static final Map<String, Long> NANOSECONDS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L, // the micro sign
          "μs", 1_000L, // the Greek letter
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private GoDuration() {}

  /** Nothing when it is none, or longer than the 292 years of Go's. */
  public static Optional<Duration> parse(String text) {
    if (text.length() > MOST_CHARACTERS || !FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal sum = BigDecimal.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      long unit = NANOSECONDS.getOrDefault(part.group(2), 0L);
      sum = sum.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
    }
    if (sum.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      return Optional.empty();
    }
    long nanoseconds = sum.setScale(0, RoundingMode.DOWN).longValueExact();
    return Optional.of(Duration.ofNanos(text.startsWith("-") ? -nanoseconds : nanoseconds));
  }
}
