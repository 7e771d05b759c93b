package io.mysqlwire.exporter.names;

import java.util.ArrayList;
import java.util.List;

/** A file of names is not as it should be. */
public final class NamesFileException extends Exception {
  private static final long serialVersionUID = 1;

  /** More are of no use: it is then another kind of file. */
  private static final int MOST = 20;

  private final transient List<Problem> problems;

  /**
   * One thing to mend.
   *
   * @param what file, line and what is wrong
   * @param remedy what to do
   */
  public record Problem(String what, String remedy) {}

  NamesFileException(List<Problem> problems) {
    super(problems.get(0).what() + "; " + problems.get(0).remedy());
    this.problems = new ArrayList<>(problems.subList(0, Math.min(MOST, problems.size())));
    if (problems.size() > MOST) {
      this.problems.add(
          new Problem((problems.size() - MOST) + " more lines are wrong", "see above"));
    }
  }

  /** All of them, or the first and how many more. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }
}
