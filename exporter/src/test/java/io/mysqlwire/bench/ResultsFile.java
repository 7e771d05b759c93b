package io.mysqlwire.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The file of results: one section for each benchmark, replaced when it runs again. */
final class ResultsFile {
  private static final String HEADING = "\n## ";
  private static final String TITLE =
      """
      # Results

      Written by `./dev bench`. Figures are the smallest, the middle and the largest of a run; compare lines of one
      run, since other machines and other days differ by more than what is measured.
      """;

  private final Path file;

  ResultsFile(Path file) {
    this.file = file;
  }

  void put(String benchmark, String tables) throws IOException {
    String before = Files.exists(file) ? Files.readString(file) : TITLE;
    String heading = HEADING + benchmark + "\n";
    String section = heading + "\n" + where() + "\n\n" + tables;
    int start = before.indexOf(heading);
    String after;
    if (start < 0) {
      after = before + section;
    } else {
      int end = before.indexOf(HEADING, start + 1);
      after = before.substring(0, start) + section + (end < 0 ? "" : before.substring(end));
    }
    Files.writeString(file, after);
  }

  /** The kind of machine, and nothing that says which one. */
  private static String where() throws IOException {
    String kernel = Files.readString(Path.of("/proc/sys/kernel/osrelease")).trim();
    return LocalDate.now(ZoneOffset.UTC)
        + ", commit "
        + System.getProperty("mysqlwire.commit", "unknown")
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " CPUs, Linux "
        + kernel.replaceAll("-.*", "")
        + ", JDK "
        + System.getProperty("java.version")
        + ", load average of the last minute "
        + Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]
        + " (1.0 is one CPU busy, the benchmark's own part included).";
  }
}
