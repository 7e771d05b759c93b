package io.mysqlwire.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the kernel says of a process or a thread to everybody: proc(5), {@code stat}. */
public final class ProcessStat {
  private ProcessStat() {}

  /**
   * Its fields behind the name, the state first; none when it has ended.
   *
   * @param directory of it in /proc
   */
  public static List<String> of(Path directory) {
    try {
      String stat = Files.readString(directory.resolve("stat"), StandardCharsets.ISO_8859_1);
      // The name is in brackets, and may have any in it.
      return List.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1));
    } catch (IOException e) {
      return List.of();
    }
  }
}
