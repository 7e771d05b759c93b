package io.mysqlwire.exporter.web.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything that is wrong with the file, so that people mend all in one go. */
public final class Complaints {
  private static final int MOST_QUOTED = 60;

  private final Path file;
  private final List<Complaint> found = new ArrayList<>();

  private record Complaint(Place place, String text) {}

  public Complaints(Path file) {
    this.file = file;
  }

  /**
   * Notes a complaint.
   *
   * @param what names the key and what is wrong with it; never a secret
   * @param remedy what to do
   */
  public void add(Place place, String what, String remedy) {
    found.add(new Complaint(place, what + "; " + remedy));
  }

  /**
   * Ends the reading when something was wrong.
   *
   * @throws WebConfigException with all complaints, in the order of the file
   */
  public void throwIfAny() throws WebConfigException {
    if (!found.isEmpty()) {
      throw new WebConfigException(
          found.stream()
              .sorted(Comparator.comparing(Complaint::place))
              .map(complaint -> file + ":" + complaint.place + ": " + complaint.text)
              .toList());
    }
  }

  /** The text in quotes, fit for one line of a terminal. */
  static String quoted(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return '"' + (line.length() > MOST_QUOTED ? line.substring(0, MOST_QUOTED) + "…" : line) + '"';
  }
}
