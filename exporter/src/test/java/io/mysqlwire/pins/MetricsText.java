package io.mysqlwire.pins;

import io.mysqlwire.prometheus.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The samples of a page of metrics. */
final class MetricsText {
  private static final Pattern LINE =
      Pattern.compile("(?<name>[\\w:]+)(?:\\{(?<labels>.*)})? (?<value>\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  private MetricsText() {}

  /** Those with this name. */
  static List<Sample> samples(String text, String name) {
    List<Sample> samples = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches() && matcher.group("name").equals(name)) {
        Map<String, String> labels = new LinkedHashMap<>();
        Matcher label =
            LABEL.matcher(matcher.group("labels") == null ? "" : matcher.group("labels"));
        while (label.find()) {
          labels.put(label.group(1), label.group(2));
        }
        samples.add(new Sample(labels, Double.parseDouble(matcher.group("value"))));
      }
    }
    return samples;
  }
}
