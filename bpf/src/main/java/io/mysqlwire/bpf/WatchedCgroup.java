package io.mysqlwire.bpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cgroup whose sockets are watched. It is known by its inode, since another one may take its
 * path: a service manager removes a service's cgroup and makes it anew with every restart.
 */
public final class WatchedCgroup {
  /** Null: nowhere any more. */
  private final @Nullable Path path;

  private final long inode;
  private final String remedy;

  private WatchedCgroup(@Nullable Path path, long inode, String remedy) {
    this.path = path;
    this.inode = inode;
    this.remedy = remedy;
  }

  /** The one that is at this path now. */
  static WatchedCgroup at(Path path, String remedy) {
    return new WatchedCgroup(path, inode(path), remedy);
  }

  /**
   * The one with this inode, wherever it is; empty when it can't be seen from here. One that is
   * nowhere in the host's whole hierarchy was removed.
   *
   * @throws IOException when there is no memory or no descriptor for looking
   */
  static Optional<WatchedCgroup> of(long inode, String remedy) throws IOException {
    Optional<WatchedCgroup> gone = Optional.empty();
    for (Path root : hierarchies()) {
      CgroupSearch search = new CgroupSearch(inode);
      Optional<Path> found = search.below(root);
      if (found.isPresent()) {
        return Optional.of(new WatchedCgroup(found.get(), inode, remedy));
      }
      if (isHostRoot(root) && search.sawAll()) {
        gone = Optional.of(new WatchedCgroup(null, inode, remedy));
      }
    }
    return gone;
  }

  /** Whether the cgroup of this inode was removed from the host; false when it can't be told. */
  static boolean isGone(long inode) {
    try {
      return of(inode, "").filter(cgroup -> cgroup.path == null).isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  /** Where it is now, if it was removed and made anew; empty when it was not. */
  Optional<Path> madeAnew() {
    if (path == null || !Files.isDirectory(path)) {
      return Optional.empty();
    }
    long now = inode(path);
    return now == 0 || now == inode ? Optional.empty() : Optional.of(path);
  }

  /** What keeps its sockets from being seen; empty while nothing does, or it can't be told. */
  Optional<String> problem() {
    String event = path == null ? "of inode " + inode + " was removed" : change(path);
    return event.isEmpty()
        ? Optional.empty()
        : Optional.of("the watched cgroup " + event + ", so nothing more is counted; " + remedy);
  }

  /** What has happened to the path; empty when nothing has, or it can't be looked at. */
  private String change(Path path) {
    if (Files.isDirectory(path)) {
      return inode(path) == inode ? "" : path + " was removed and made anew";
    }
    return Files.notExists(path) ? path + " was removed" : "";
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

  /** The same of this one. */
  Optional<String> limit() {
    return path == null ? Optional.empty() : limit(path);
  }

  /** Tells one cgroup from another, as long as both exist; 0 when there is none. */
  static long inode(Path path) {
    try {
      return (Long) Files.getAttribute(path, "unix:ino");
    } catch (IOException e) {
      return 0; // it has just gone: attaching to it says so better
    }
  }

  private static boolean isHostRoot(Path root) {
    return Files.exists(root.resolve("cgroup.procs"))
        && Files.notExists(root.resolve("cgroup.type"));
  }

  private static boolean isMounted(Path path) {
    try {
      return hierarchies().contains(path.toAbsolutePath().normalize());
    } catch (IOException e) {
      return false; // as if it were not: what is watched is only not warned of
    }
  }

  /** Where cgroup v2 hierarchies are mounted. */
  static List<Path> hierarchies() throws IOException {
    try {
      return Mount.all().stream()
          .filter(mount -> mount.type().equals("cgroup2"))
          .map(Mount::place)
          .toList();
    } catch (NoSuchFileException e) {
      return List.of(); // without /proc there is nothing to find
    }
  }
}
