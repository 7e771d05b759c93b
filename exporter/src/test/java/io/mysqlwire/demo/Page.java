package io.mysqlwire.demo;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scrape said: the samples that the table needs. */
final class Page {
  private static final Pattern SAMPLE = Pattern.compile("(\\w+)\\{(.*)\\} (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /** Responses by backend, user, type and code. */
  final Map<Series, Double> responses = new TreeMap<>();

  /** Names of error codes. */
  final Map<String, String> errors = new HashMap<>();

  private final Map<String, Double> latencySeconds = new HashMap<>();
  private final Map<String, Double> latencyCount = new HashMap<>();

  /** One line of the table. */
  record Series(String backend, String user, String type, String code)
      implements Comparable<Series> {
    String who() {
      return backend + " " + user;
    }

    @Override
    public int compareTo(Series other) {
      return toString().compareTo(other.toString());
    }
  }

  static Page parse(String text) {
    Page page = new Page();
    text.lines().map(SAMPLE::matcher).filter(Matcher::matches).forEach(page::add);
    return page;
  }

  private void add(Matcher sample) {
    Map<String, String> labels = new HashMap<>();
    Matcher label = LABEL.matcher(sample.group(2));
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    double value = Double.parseDouble(sample.group(3));
    String backend = labels.getOrDefault("backend", "");
    String user = labels.getOrDefault("user", "");
    String code = labels.getOrDefault("error_code", "");
    switch (sample.group(1)) {
      case "mysql_wire_responses_total" ->
          responses.put(
              new Series(backend, user, labels.getOrDefault("response_type", ""), code), value);
      case "mysql_wire_error_info" -> errors.put(code, labels.getOrDefault("error", ""));
      case "mysql_wire_response_seconds_sum" ->
          latencySeconds.merge(backend + " " + user, value, Double::sum);
      case "mysql_wire_response_seconds_count" ->
          latencyCount.merge(backend + " " + user, value, Double::sum);
      default -> {}
    }
  }

  /**
   * Mean time to the first byte since {@code before}, over all answers to that backend and user.
   */
  double meanLatency(String who, Page before) {
    double seconds =
        latencySeconds.getOrDefault(who, 0.0) - before.latencySeconds.getOrDefault(who, 0.0);
    double count = latencyCount.getOrDefault(who, 0.0) - before.latencyCount.getOrDefault(who, 0.0);
    return count == 0 ? Double.NaN : seconds / count;
  }
}
