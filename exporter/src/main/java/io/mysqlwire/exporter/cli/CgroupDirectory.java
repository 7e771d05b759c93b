package io.mysqlwire.exporter.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/** The directory of the cgroup v2 hierarchy whose sockets are watched. */
final class CgroupDirectory {
  /** Where it is mounted on most hosts. */
  static final Path USUAL_ROOT = Path.of("/sys/fs/cgroup");

  /** Every directory of the v2 hierarchy has this file, and none of the v1 hierarchies. */
  private static final String MARK = "cgroup.controllers";

  private CgroupDirectory() {}

  /**
   * Finds where the root of the hierarchy is mounted: {@code /sys/fs/cgroup}, or {@code
   * /sys/fs/cgroup/unified} beside v1 hierarchies.
   *
   * @param mountinfo lines of {@code /proc/self/mountinfo}
   */
  static Optional<Path> findRoot(List<String> mountinfo) {
    for (String line : mountinfo) {
      // 41 31 0:38 / /sys/fs/cgroup/unified rw,relatime shared:9 - cgroup2 cgroup2 rw
      String[] halves = line.split(" - ", 2);
      if (halves.length == 2 && halves[1].startsWith("cgroup2 ")) {
        String[] fields = halves[0].split(" ", -1);
        return Optional.of(Path.of(unescape(fields[4])));
      }
    }
    return Optional.empty();
  }

  static Optional<Path> findRoot() {
    try {
      return findRoot(Files.readAllLines(Path.of("/proc/self/mountinfo")));
    } catch (IOException e) {
      return Optional.empty(); // without /proc there is nothing to find
    }
  }

  /** The kernel writes space, tab, newline and backslash of a path in octal. */
  private static String unescape(String path) {
    return path.replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }

  /** Complains when {@code path}, given as {@code flag}, is not such a directory. */
  static void check(FlagChecks checks, String flag, Path path) {
    String quoted = FlagChecks.quoted(path.toString());
    String remedy =
        "give a directory of the cgroup v2 hierarchy (findmnt -t cgroup2 finds its root)";
    try {
      if (!Files.readAttributes(path, BasicFileAttributes.class).isDirectory()) {
        checks.refuse(flag, quoted + " is not a directory", remedy);
      } else if (!Files.isReadable(path)) {
        throw new AccessDeniedException(path.toString());
      } else if (!Files.exists(path.resolve(MARK))) {
        checks.refuse(flag, quoted + " is not in the cgroup v2 hierarchy", remedy);
      }
    } catch (NoSuchFileException e) {
      checks.refuse(flag, quoted + " does not exist", remedy);
    } catch (AccessDeniedException e) {
      checks.refuse(flag, quoted + " can't be read: permission denied", "run as root");
    } catch (IOException e) {
      checks.refuse(flag, quoted + " can't be read: " + e.getMessage(), remedy);
    }
  }
}
