package io.mysqlwire.exporter.web;

import java.util.List;

/** Some addresses can't be listened on. */
public final class ListenException extends Exception {
  private static final long serialVersionUID = 1;

  private final String[] problems;

  ListenException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = problems.toArray(String[]::new);
  }

  /** One line for each address: which, why, and what to do. */
  public List<String> problems() {
    return List.of(problems);
  }
}
