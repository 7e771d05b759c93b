package io.mysqlwire.exporter.health.targets;

import io.mysqlwire.exporter.input.SmallFile;
import io.mysqlwire.exporter.input.UnreadableFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An option file of MySQL: groups of options, read as the clients of the servers do (my_default.c).
 *
 * <p>An underscore in a name is a dash. An unquoted {@code #} begins a comment, so a password with
 * one in it has to be in quotes. Files are not included from here: whose password is used would be
 * hard to tell.
 */
final class OptionFile {
  private final Path file;
  private final List<Group> groups = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /** An option's value and where it stands. */
  record Option(String value, int line) {}

  /** A group: its name without the brackets, where it begins, and its options by name. */
  record Group(String name, int line, Map<String, Option> options) {}

  private OptionFile(Path file) {
    this.file = file;
  }

  /** Reads all groups, in their order. */
  static OptionFile read(Path file) throws TargetFileException {
    OptionFile read = new OptionFile(file);
    try {
      List<String> lines = SmallFile.read(file).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        read.line(i + 1, lines.get(i).strip());
      }
    } catch (UnreadableFileException e) {
      throw new TargetFileException(List.of("\"" + file + "\" " + e.what() + "; " + e.remedy()));
    }
    return read;
  }

  List<Group> groups() {
    return groups;
  }

  List<String> problems() {
    return problems;
  }

  /** Notes what is wrong with a line. */
  void refuse(int line, String whatAndRemedy) {
    problems.add(file + ":" + line + ": " + whatAndRemedy);
  }

  private void line(int number, String line) {
    if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
      return;
    }
    if (line.startsWith("!")) {
      refuse(number, "other files are not included; write their groups into this one");
    } else if (line.startsWith("[")) {
      group(number, line);
    } else if (groups.isEmpty()) {
      refuse(number, "an option before the first group; begin with [client] or [client.NAME]");
    } else {
      option(number, withoutComment(line));
    }
  }

  private void group(int number, String line) {
    int end = line.indexOf(']');
    if (end < 0) {
      refuse(number, "a group without its ]; write e.g. [client]");
      return;
    }
    String name = line.substring(1, end).strip();
    groups.stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .ifPresent(
            first ->
                refuse(
                    number,
                    "group [" + name + "] is on line " + first.line() + " already; keep one"));
    groups.add(new Group(name, number, new LinkedHashMap<>()));
  }

  private void option(int number, String line) {
    int equals = line.indexOf('=');
    String name = (equals < 0 ? line : line.substring(0, equals)).strip().replace('_', '-');
    String value = equals < 0 ? "" : unquoted(line.substring(equals + 1).strip());
    // As with the clients, the last one wins.
    groups.get(groups.size() - 1).options().put(name, new Option(value, number));
  }

  private static String withoutComment(String line) {
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\') {
        i++;
      } else if (quote == 0 && c == '#') {
        return line.substring(0, i).strip();
      } else if (c == '\'' || c == '"') {
        quote = quote == 0 ? c : quote == c ? 0 : quote;
      }
    }
    return line;
  }

  private static String unquoted(String value) {
    int length = value.length();
    boolean quoted =
        length >= 2
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(0) == value.charAt(length - 1);
    return unescaped(quoted ? value.substring(1, length - 1) : value);
  }

  private static String unescaped(String value) {
    StringBuilder text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '\\' || i + 1 == value.length()) {
        text.append(c);
        continue;
      }
      char next = value.charAt(++i);
      switch (next) {
        case 'b' -> text.append('\b');
        case 't' -> text.append('\t');
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 's' -> text.append(' ');
        case '\\', '\'', '"' -> text.append(next);
        default -> text.append(c).append(next);
      }
    }
    return text.toString();
  }
}
