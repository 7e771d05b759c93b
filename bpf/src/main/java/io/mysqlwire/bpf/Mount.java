package io.mysqlwire.bpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file system that this process sees.
 *
 * @param place directory it is mounted on
 * @param type e.g. {@code cgroup2}
 * @param source what it was mounted from, or any word for one that is from nothing
 */
public record Mount(Path place, String type, String source) {

  /** All of them. */
  public static List<Mount> all() throws IOException {
    return parse(Files.readAllLines(Path.of("/proc/self/mountinfo")));
  }

  /** Reads lines of {@code /proc/self/mountinfo}: proc(5). */
  public static List<Mount> parse(List<String> mountinfo) {
    List<Mount> mounts = new ArrayList<>();
    for (String line : mountinfo) {
      // 41 31 0:38 / /sys/fs/cgroup/unified rw,relatime shared:9 - cgroup2 cgroup2 rw
      String[] halves = line.split(" - ", 2);
      if (halves.length == 2) {
        String[] fields = halves[0].split(" ", -1);
        String[] what = halves[1].split(" ", -1);
        mounts.add(new Mount(Path.of(unescape(fields[4])), what[0], unescape(what[1])));
      }
    }
    return mounts;
  }

  /** The kernel writes space, tab, newline and backslash of a path in octal. */
  private static String unescape(String path) {
    return path.replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}
