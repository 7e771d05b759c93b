package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.Backend;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;

/**
 * Labels as they stand in an exposition. Those of a backend are encoded once in a scrape, and then
 * copied for each of its series.
 */
final class LabelText {
  private final IdentityHashMap<Backend, byte[]> backends;

  /** For one scrape that so many backends are part of. */
  LabelText(int backends) {
    this.backends = new IdentityHashMap<>(backends);
  }

  /** Server, backend and user, with no comma at the end. */
  byte[] of(Backend backend) {
    byte[] known = backends.get(backend);
    if (known == null) {
      known =
          labels("server", backend.server(), "backend", backend.backend(), "user", backend.user())
              .getBytes(StandardCharsets.UTF_8);
      backends.put(backend, known);
    }
    return known;
  }

  /** Names and values in turns, with commas between them. */
  static String labels(String... namesAndValues) {
    StringBuilder text = new StringBuilder(96);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      text.append(i == 0 ? "" : ",").append(namesAndValues[i]).append("=\"");
      escape(namesAndValues[i + 1], text);
      text.append('"');
    }
    return text.toString();
  }

  /** Both formats escape these three, and nothing else. */
  private static void escape(String value, StringBuilder text) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '"' -> text.append("\\\"");
        case '\n' -> text.append("\\n");
        default -> text.append(c);
      }
    }
  }
}
