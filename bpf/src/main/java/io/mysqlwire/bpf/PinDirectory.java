package io.mysqlwire.bpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The directory that pins are kept in, one directory within it for each layout of the maps: {@code
 * layout-1}. A process that is loading works in {@code loading-PID}.
 */
final class PinDirectory {
  private static final String LAYOUT = "layout-";
  private static final String LOADING = "loading-";

  /** Source of what {@code load} mounted: pins.h. */
  private static final String OUR_MOUNT = "mysql-wire-exporter";

  /** What the kernel puts in each new one itself: maps.debug and progs.debug, since 5.9. */
  private static final int ITERATORS = 2;

  /** The kernel tells when a process began in ticks since the boot, whose time is rounded. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  private final Path path;

  PinDirectory(Path path) {
    this.path = path;
  }

  /** Makes the directory and those above it, for readers to pass, whatever the umask is. */
  void create() throws IOException {
    create(path);
  }

  private static void create(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    if (directory.getParent() != null) {
      create(directory.getParent());
    }
    Files.createDirectory(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** What this version of the program loads and reads. */
  PinnedLayout current() {
    return new PinnedLayout(path.resolve(LAYOUT + MapLayout.LAYOUT_VERSION.get()));
  }

  /**
   * Makes the directory that a loading process works in, which keeps others from loading.
   *
   * @throws TapException when another process is loading
   */
  Path begin(PinAccess access) throws TapException, IOException {
    Path mine = path.resolve(LOADING + ProcessHandle.current().pid());
    PinnedLayout.delete(mine); // of a process with our number, long ago
    access.createPrivate(mine);
    for (Path other : named(LOADING)) {
      if (other.equals(mine)) {
        continue;
      }
      String pid = other.getFileName().toString().substring(LOADING.length());
      if (isLoading(pid, other)) {
        PinnedLayout.delete(mine);
        throw new TapException(
            "process " + pid + " is loading below " + path + "; try again when it has ended");
      }
      new PinnedLayout(other).delete(); // it ended before it was through
    }
    return mine;
  }

  /**
   * Whether this process made the directory. One that has begun after it was made only has the
   * number of the one that did, which ended before it was through.
   */
  private static boolean isLoading(String pid, Path directory) throws IOException {
    if (!pid.matches("[0-9]+") || Files.notExists(Path.of("/proc", pid))) {
      return false;
    }
    Instant made = Files.getLastModifiedTime(directory).toInstant();
    return ProcessHandle.of(Long.parseLong(pid))
        .flatMap(process -> process.info().startInstant())
        .map(begun -> begun.isBefore(made.plus(CLOCK_TOLERANCE)))
        .orElse(true);
  }

  /** Names of directories of layouts that this version does not read. */
  List<String> otherLayouts() throws IOException {
    List<String> others = new ArrayList<>();
    for (Path layout : named(LAYOUT)) {
      if (!layout.equals(current().directory())) {
        others.add(layout.getFileName().toString());
      }
    }
    return others;
  }

  List<String> removeOtherLayouts() throws IOException {
    List<String> others = otherLayouts();
    for (String other : others) {
      new PinnedLayout(path.resolve(other)).delete();
    }
    return others;
  }

  List<String> removeAll() throws IOException {
    List<String> removed = new ArrayList<>();
    for (Path directory : named("")) {
      String name = directory.getFileName().toString();
      if (name.startsWith(LAYOUT) || name.startsWith(LOADING)) {
        new PinnedLayout(directory).delete();
        removed.add(name);
      }
    }
    return removed;
  }

  /**
   * Unmounts the file system if {@code load} mounted it and nobody else keeps anything in it, and
   * removes the directory under it.
   */
  void unmount() throws IOException, TapException {
    if (!isOurMount() || !named("").isEmpty() || PinnedLayout.list(path).size() > ITERATORS) {
      return;
    }
    int error = Native.unmount(path.toString());
    if (error != 0) {
      throw new TapException("can't unmount " + path + ": " + Native.errorText(-error));
    }
    Files.deleteIfExists(path);
  }

  private boolean isOurMount() throws IOException {
    if (!Files.exists(path)) {
      return false;
    }
    Path place = path.toRealPath();
    return Mount.all().contains(new Mount(place, "bpf", OUR_MOUNT));
  }

  private List<Path> named(String prefix) throws IOException {
    return PinnedLayout.list(path).stream()
        .filter(entry -> entry.getFileName().toString().startsWith(prefix))
        .filter(Files::isDirectory)
        .toList();
  }
}
