package io.mysqlwire.exporter.collector;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reader of the text format 0.0.4 and of OpenMetrics 1.0 that forgives nothing: no blank line, no
 * second block of a family, no sample outside its family, no label set twice, no escape that the
 * format does not know.
 */
final class StrictPage {
  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final Pattern HEADER = Pattern.compile("# (HELP|TYPE|UNIT) (" + NAME + ") (.*)");
  private static final Pattern SAMPLE_NAME = Pattern.compile(NAME);

  private static final Pattern LABEL =
      Pattern.compile(
          "([a-zA-Z_][a-zA-Z0-9_]*)=\"([^\\\\\"\n]*+(?:\\\\[\\\\\"n][^\\\\\"\n]*+)*+)\"");

  private static final Pattern VALUE =
      Pattern.compile("[-+]?(?:[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|Inf)|NaN");

  private final boolean openMetrics;
  private final Map<String, Map<Map<String, String>, Double>> samples = new HashMap<>();
  private final Map<String, String> types = new HashMap<>();
  private final Set<String> closed = new HashSet<>();
  private String family = "";

  private StrictPage(boolean openMetrics) {
    this.openMetrics = openMetrics;
  }

  /**
   * Reads a page.
   *
   * @return for each sample's name the values by label set
   */
  static Map<String, Map<Map<String, String>, Double>> read(byte[] page, ExpositionFormat format) {
    StrictPage reader = new StrictPage(format == ExpositionFormat.OPENMETRICS);
    String text = text(page);
    String end = reader.openMetrics ? "\n# EOF\n" : "\n";
    require(text.endsWith(end), "its end", text.substring(Math.max(0, text.length() - 20)));
    for (String line : text.substring(0, text.length() - end.length()).split("\n", -1)) {
      reader.line(line);
    }
    return reader.samples;
  }

  private static String text(byte[] page) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(page)).toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("no UTF-8", e);
    }
  }

  private static void require(boolean holds, String what, String line) {
    if (!holds) {
      throw new AssertionError("not so: " + what + ": " + line);
    }
  }

  private void line(String line) {
    if (!line.startsWith("#")) {
      sample(line);
      return;
    }
    Matcher header = HEADER.matcher(line);
    require(header.matches(), "a header", line);
    String name = header.group(2);
    if (!name.equals(family)) {
      require(closed.add(name), "one block for each family", line);
      family = name;
    }
    if (header.group(1).equals("TYPE")) {
      require(types.put(name, header.group(3)) == null, "one type for each family", line);
    }
  }

  private void sample(String line) {
    Matcher name = SAMPLE_NAME.matcher(line);
    require(name.lookingAt(), "a name", line);
    require(belongs(name.group()), "a sample of " + family, line);
    int at = name.end();
    Map<String, String> labels = new TreeMap<>();
    if (line.charAt(at) == '{') {
      Matcher label = LABEL.matcher(line);
      do {
        at++;
        require(label.region(at, line.length()).lookingAt(), "a label at " + at, line);
        require(labels.put(label.group(1), unescaped(label.group(2))) == null, "one each", line);
        at = label.end();
      } while (line.charAt(at) == ',' && (openMetrics || line.charAt(at + 1) != '}'));
      if (line.charAt(at) == ',') {
        at++; // 0.0.4 allows one behind the last
      }
      require(line.charAt(at) == '}', "the end of labels", line);
      at++;
    }
    require(line.charAt(at) == ' ', "a space at " + at, line);
    String value = line.substring(at + 1);
    require(VALUE.matcher(value).matches(), "a value", line);
    Double before =
        samples
            .computeIfAbsent(name.group(), key -> new HashMap<>())
            .put(labels, Double.valueOf(value.replace("Inf", "Infinity")));
    require(before == null, "each label set once", line);
  }

  /** What may be called how. */
  private boolean belongs(String sample) {
    String type = types.getOrDefault(family, "none");
    return switch (type) {
      case "gauge" -> sample.equals(family);
      case "counter" -> sample.equals(openMetrics ? family + "_total" : family);
      case "histogram" ->
          sample.equals(family + "_bucket")
              || sample.equals(family + "_sum")
              || sample.equals(family + "_count");
      default -> false;
    };
  }

  private static String unescaped(String value) {
    StringBuilder text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        i++;
        c = value.charAt(i) == 'n' ? '\n' : value.charAt(i);
      }
      text.append(c);
    }
    return text.toString();
  }
}
