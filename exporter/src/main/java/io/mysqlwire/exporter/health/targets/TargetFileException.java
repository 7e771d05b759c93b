package io.mysqlwire.exporter.health.targets;

import java.util.List;

/** A file of servers to probe is not as it should be. */
public final class TargetFileException extends Exception {
  private static final long serialVersionUID = 1;

  private final List<String> problems;

  TargetFileException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** File, line, what is wrong, and what to do, each; at least one. No value of an option. */
  public List<String> problems() {
    return problems;
  }
}
