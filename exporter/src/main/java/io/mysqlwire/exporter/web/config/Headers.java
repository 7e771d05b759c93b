package io.mysqlwire.exporter.web.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Headers for every response: those few that the toolkit allows, with the values it allows. */
final class Headers {
  /** Values allowed; none means any. */
  private static final Map<String, List<String>> ALLOWED = new LinkedHashMap<>();

  /** A response's header has 8 KiB for everything. */
  private static final int LONGEST_VALUE = 4096;

  static {
    ALLOWED.put("Content-Security-Policy", List.of());
    ALLOWED.put("Strict-Transport-Security", List.of());
    ALLOWED.put("X-Content-Type-Options", List.of("nosniff"));
    ALLOWED.put("X-Frame-Options", List.of("deny", "sameorigin"));
    ALLOWED.put("X-XSS-Protection", List.of());
  }

  private Headers() {}

  static Map<String, String> read(Section section, Complaints complaints) {
    Map<String, String> headers = new LinkedHashMap<>();
    ALLOWED.forEach(
        (name, values) -> {
          Scalar value = section.text(name);
          if (value != null && check(section.path(name), value, values, complaints)) {
            headers.put(name, value.text());
          }
        });
    section.refuseOthers();
    return headers;
  }

  private static boolean check(
      String path, Scalar value, List<String> values, Complaints complaints) {
    String text = value.text();
    if (!values.isEmpty() && !values.contains(text)) {
      complaints.add(
          value.place(),
          path + ": " + Complaints.quoted(text) + " is not allowed",
          "give " + String.join(" or ", values));
    } else if (!text.matches("[\\x20-\\x7e]*")) {
      complaints.add(
          value.place(),
          path + " has a character that a header can't have",
          "write it in one line of ASCII");
    } else if (text.length() > LONGEST_VALUE) {
      complaints.add(
          value.place(),
          path + " has " + text.length() + " characters",
          "give " + LONGEST_VALUE + " at most");
    }
    return !text.isBlank();
  }
}
