package io.mysqlwire.bpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cgroup whose sockets are watched. It is known by its inode, since another one may take its
 * path: a service manager removes a service's cgroup and makes it anew with every restart.
 */
public final class WatchedCgroup {
  private final long inode;
  private final @Nullable Path path;
  private final String remedy;

  private WatchedCgroup(long inode, @Nullable Path path, String remedy) {
    this.inode = inode;
    this.path = path;
    this.remedy = remedy;
  }

  /** The one that is at this path now. */
  static WatchedCgroup at(Path path, String remedy) {
    return new WatchedCgroup(inode(path), path, remedy);
  }

  /**
   * The one with this inode, wherever it is; of one that can't be seen from here nothing is said.
   */
  static WatchedCgroup of(long inode, String remedy) {
    return new WatchedCgroup(inode, find(inode), remedy);
  }

  /** What keeps its sockets from being seen; empty while nothing does. */
  Optional<String> problem() {
    return path == null || inode(path) == inode
        ? Optional.empty()
        : Optional.of(
            "the watched cgroup "
                + path
                + " was removed"
                + (Files.isDirectory(path) ? " and made anew" : "")
                + ", so nothing more is counted; "
                + remedy);
  }

  /**
   * Why less than the host is watched, where all of it was meant: the root that a process in a
   * cgroup namespace of its own sees is the cgroup it was started in. Only the host's root has no
   * {@code cgroup.type} (Documentation/admin-guide/cgroup-v2.rst).
   */
  public static Optional<String> limit(Path path) {
    return Files.exists(path.resolve("cgroup.type")) && isMounted(path)
        ? Optional.of(
            path
                + " is the root of a cgroup namespace of its own: only sockets of this container"
                + " are watched, and none of a server outside of it")
        : Optional.empty();
  }

  /** Tells one cgroup from another, as long as both exist; 0 when there is none. */
  static long inode(Path path) {
    try {
      return (Long) Files.getAttribute(path, "unix:ino");
    } catch (IOException e) {
      return 0; // it has just gone: attaching to it says so better
    }
  }

  private static boolean isMounted(Path path) {
    return hierarchies().anyMatch(path.toAbsolutePath().normalize()::equals);
  }

  private static Stream<Path> hierarchies() {
    try {
      return Mount.all().stream().filter(mount -> mount.type().equals("cgroup2")).map(Mount::place);
    } catch (IOException e) {
      return Stream.empty(); // without /proc there is nothing to find
    }
  }

  private static @Nullable Path find(long inode) {
    return hierarchies().flatMap(root -> below(root, inode)).findFirst().orElse(null);
  }

  private static Stream<Path> below(Path root, long inode) {
    try (Stream<Path> all = Files.walk(root)) {
      return all
          .filter(path -> Files.isDirectory(path) && inode(path) == inode)
          .findFirst()
          .stream();
    } catch (IOException | UncheckedIOException e) {
      return Stream.empty(); // some of it went meanwhile, or is not ours to read
    }
  }
}
