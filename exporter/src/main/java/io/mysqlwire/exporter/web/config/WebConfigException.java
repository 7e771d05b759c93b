package io.mysqlwire.exporter.web.config;

import java.util.List;

/** The file can't be used; no message has a secret of it. */
public final class WebConfigException extends Exception {
  private static final long serialVersionUID = 1;

  private final String[] problems;

  public WebConfigException(List<String> problems) {
    super(String.join(" | ", problems));
    this.problems = problems.toArray(String[]::new);
  }

  /** One line for each: file, line, column, what is wrong, and what to do. */
  public List<String> problems() {
    return List.of(problems);
  }
}
