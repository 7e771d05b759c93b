package io.mysqlwire.readme;

import io.mysqlwire.exporter.cli.FlagTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** README.md and the tables in it that are not written by hand. */
public final class Readme {
  private final Path file;
  private final String text;

  private Readme(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  /** That of the checkout, wherever the tests are started. */
  public static Readme read() throws IOException {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("README.md"))) {
      Path parent = directory.getParent();
      if (parent == null) {
        throw new IOException("the tests do not run inside the checkout");
      }
      directory = parent;
    }
    Path file = directory.resolve("README.md");
    return new Readme(file, Files.readString(file));
  }

  /** The tables as they have to be, by their name in the text. */
  static Map<String, String> tables() throws IOException {
    return Map.of("metrics", MetricTable.markdown(), "flags", FlagTable.markdown());
  }

  private static String begin(String table) {
    return "<!-- " + table + ": written by dev.d/readme -->\n\n";
  }

  private static String end(String table) {
    return "\n<!-- end of " + table + " -->";
  }

  /** A table as it is. */
  public String table(String name) {
    return text.substring(start(name), find(end(name)));
  }

  private int start(String table) {
    return find(begin(table)) + begin(table).length();
  }

  private int find(String mark) {
    int at = text.indexOf(mark);
    if (at < 0) {
      throw new IllegalStateException(file + " has no \"" + mark.strip() + "\"");
    }
    return at;
  }

  private Readme with(String table, String markdown) {
    return new Readme(
        file, text.substring(0, start(table)) + markdown + text.substring(find(end(table))));
  }

  /** Writes the tables as they have to be. */
  public static void main(String[] arguments) throws IOException {
    Readme readme = read();
    for (Map.Entry<String, String> table : tables().entrySet()) {
      readme = readme.with(table.getKey(), table.getValue());
    }
    Files.writeString(readme.file, readme.text);
  }
}
