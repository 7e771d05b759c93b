package io.mysqlwire.demo;

import java.time.Duration;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param length how long to run
 * @param probed whether the server is probed and nothing goes wrong by itself, as {@code --stack}
 *     wants it
 */
record DemoOptions(Duration length, boolean probed) {
  static final String USAGE = "usage: ./dev demo [--seconds N]";

  private static final String PROBED = "--probed";

  /** Until Ctrl-C: longer than anybody watches. */
  private static final Duration FOREVER = Duration.ofDays(365);

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  static DemoOptions parse(List<String> arguments) {
    if (!arguments.isEmpty() && arguments.get(0).equals(PROBED)) {
      return new DemoOptions(length(arguments.subList(1, arguments.size())), true);
    }
    return new DemoOptions(length(arguments), false);
  }

  private static Duration length(List<String> arguments) {
    if (arguments.isEmpty()) {
      return FOREVER;
    }
    boolean joined = arguments.get(0).startsWith("--seconds=");
    if (!joined && !arguments.get(0).equals("--seconds")) {
      throw new IllegalArgumentException("unknown argument " + arguments.get(0));
    }
    if (arguments.size() != (joined ? 1 : 2)) {
      throw new IllegalArgumentException("--seconds takes one number");
    }
    String value = joined ? arguments.get(0).substring("--seconds=".length()) : arguments.get(1);
    if (!value.matches("[1-9][0-9]{0,6}")) {
      throw new IllegalArgumentException(
          "--seconds takes a number from 1 on, not \"" + value + '"');
    }
    return Duration.ofSeconds(Long.parseLong(value));
  }
}
