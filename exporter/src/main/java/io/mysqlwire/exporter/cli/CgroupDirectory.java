package io.mysqlwire.exporter.cli;

import io.mysqlwire.bpf.Mount;
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
    return root(Mount.parse(mountinfo));
  }

  static Optional<Path> findRoot() {
    try {
      return root(Mount.all());
    } catch (IOException e) {
      return Optional.empty(); // without /proc there is nothing to find
    }
  }

  private static Optional<Path> root(List<Mount> mounts) {
    return mounts.stream()
        .filter(mount -> mount.type().equals("cgroup2"))
        .map(Mount::place)
        .findFirst();
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
