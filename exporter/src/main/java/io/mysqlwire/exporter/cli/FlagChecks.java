package io.mysqlwire.exporter.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Checks of flag values. Every complaint is kept, each one line of where, what and remedy, so that
 * people mend all in one go.
 */
final class FlagChecks {
  private final Function<String, String> origin;
  private final List<String> problems;

  /**
   * Starts with complaints about the form of the command line, most often none.
   *
   * @param origin tells for a flag where its value came from: the flag or its environment variable
   */
  FlagChecks(Function<String, String> origin, List<String> problems) {
    this.origin = origin;
    this.problems = new ArrayList<>(problems);
  }

  void refuse(String flag, String what, String remedy) {
    refuse(flag, what + "; " + remedy);
  }

  /** Notes a complaint that has its remedy in it. */
  void refuse(String flag, String whatAndRemedy) {
    problems.add(origin.apply(flag) + ": " + whatAndRemedy);
  }

  int integer(String flag, String text, int min, int max) {
    String what = " is out of range";
    try {
      int value = Integer.parseInt(text.strip());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      what = " is not a whole number";
    }
    refuse(flag, quoted(text) + what, "give one from " + min + " to " + max);
    return min;
  }

  /** The constant whose lower-case name was given. */
  <E extends Enum<E>> E oneOf(String flag, String text, List<E> choices) {
    for (E choice : choices) {
      if (label(choice).equals(text)) {
        return choice;
      }
    }
    List<String> labels = choices.stream().map(FlagChecks::label).toList();
    refuse(flag, quoted(text) + " is not known", "give one of " + String.join(", ", labels));
    return choices.get(0);
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static String quoted(String text) {
    return '"' + text + '"';
  }

  List<String> problems() {
    return List.copyOf(problems);
  }
}
