package io.mysqlwire.exporter.cli;

import io.mysqlwire.bpf.TapException;
import java.util.List;

/** The host does not allow what the user asked for; nothing is wrong with the command line. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  private final String[] problems;

  RefusedException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = problems.toArray(String[]::new);
  }

  RefusedException(TapException refusal) {
    this(List.of(String.valueOf(refusal.getMessage())));
  }

  /** One line each. */
  List<String> problems() {
    return List.of(problems);
  }
}
