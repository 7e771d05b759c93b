package io.mysqlwire.bpf;

import io.mysqlwire.servers.FoundServer;
import io.mysqlwire.servers.ListeningSocket;
import io.mysqlwire.servers.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The programs that another process has loaded and pinned, to be read and no more: needs no
 * capability from kernel 5.19 on.
 *
 * <p>Follows what happens to the pins: programs that were replaced, and maps that were loaded anew,
 * are read from the next snapshot on; without pins there are no snapshots.
 */
public final class PinnedTap implements WireReader {
  private static final int ENOENT = 2;
  private static final int EPERM = 1;
  private static final int EACCES = 13;
  private static final int EPROTO = 71;

  private final Path path;
  private volatile Opened opened;
  private boolean closed;

  /** A reader with what it was opened from. */
  private record Opened(
      SnapshotReader reader,
      TapDescription description,
      Optional<WatchedCgroup> cgroup,
      @Nullable Object maps,
      @Nullable Object programs) {}

  private PinnedTap(Path path) throws TapException {
    this.path = path;
    this.opened = openPinned(path);
  }

  /**
   * Opens what is pinned below {@code path}.
   *
   * @throws TapException with a message for the user, when there is nothing that can be read
   */
  public static PinnedTap open(Path path) throws TapException {
    return new PinnedTap(path);
  }

  static TapDescription describe(PinnedLayout layout) throws TapException {
    long reader = openPins(layout.directory());
    try {
      return TapDescription.read(reader);
    } finally {
      Native.closeReader(reader);
    }
  }

  private static Opened openPinned(Path path) throws TapException {
    PinnedLayout layout = new PinDirectory(path).current();
    // Before the pins: what changes meanwhile is seen next time.
    Object maps = identity(layout.maps());
    Object programs = identity(layout.programs());
    long reader = openPins(layout.directory());
    try {
      TapDescription description = TapDescription.read(reader);
      Optional<WatchedCgroup> cgroup =
          WatchedCgroup.of(
              description.cgroup(), "run 'mysql-wire-exporter load' again once it is made anew");
      return new Opened(
          new SnapshotReader(reader, description), description, cgroup, maps, programs);
    } catch (IOException e) {
      Native.closeReader(reader);
      throw new TapException("can't look for the watched cgroup: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      Native.closeReader(reader); // nobody else will
      throw e;
    }
  }

  private static long openPins(Path directory) throws TapException {
    long reader = Native.openPins(directory.toString());
    if (reader < 0) {
      throw new TapException(refusal(directory, (int) -reader));
    }
    return reader;
  }

  private static String refusal(Path directory, int error) {
    Path path = Objects.requireNonNullElse(directory.getParent(), directory);
    return switch (error) {
      case ENOENT -> absence(path);
      case EACCES ->
          "the pins in "
              + directory
              + " are not for this user to read; the directories above have to let it pass, and if"
              + " they were loaded with --bpf.pin-group=GROUP it has to be in that group";
      case EPERM ->
          "this kernel lets nobody without CAP_BPF read the maps in "
              + directory
              + " (before 5.19, where kernel.unprivileged_bpf_disabled is set); give the process CAP_BPF";
      case EPROTO ->
          "the pins in "
              + directory
              + " are not what this version loads; run 'mysql-wire-exporter unload' and 'load'";
      default -> "the pins in " + directory + " can't be read: " + Native.errorText(error);
    };
  }

  private static String absence(Path path) {
    List<String> others = List.of();
    try {
      others = new PinDirectory(path).otherLayouts();
    } catch (IOException e) {
      // Then nothing of ours is there.
    }
    return others.isEmpty()
        ? "nothing is loaded below " + path + "; run 'mysql-wire-exporter load' as root first"
        : "what is loaded below "
            + path
            + " is "
            + String.join(", ", others)
            + ", and this version reads layout-"
            + MapLayout.LAYOUT_VERSION.get()
            + "; run 'mysql-wire-exporter load' of this version (its counters start at 0), or serve"
            + " with the version that loaded it";
  }

  /** Tells a directory from one that came in its place; null when there is none. */
  private static @Nullable Object identity(Path directory) {
    try {
      return Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public synchronized TapDescription description() {
    return opened.description();
  }

  @Override
  public synchronized WireSnapshot read() {
    return followed().read();
  }

  @Override
  public synchronized long serverChanges() {
    return followed().listeners().changes() + servers().written();
  }

  @Override
  public synchronized Map<Integer, List<ListeningSocket>> listeners() {
    return followed().listeners().read();
  }

  @Override
  public synchronized List<ProbedBinary> probed() {
    return followed().probed();
  }

  @Override
  public Optional<FoundServer> found(ServerProcess process) {
    return servers().read(process);
  }

  private PinnedServers servers() {
    return new PinDirectory(path).current().servers();
  }

  /** The reader of what is pinned now. */
  private SnapshotReader followed() {
    if (closed) {
      throw new IllegalStateException("the tap is closed");
    }
    try {
      follow();
    } catch (TapException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
    return opened.reader();
  }

  /** Opens the pins once more if they are not those of the last time. */
  private void follow() throws TapException {
    PinnedLayout layout = new PinDirectory(path).current();
    if (!isSame(layout)) {
      Opened next = openPinned(path);
      opened.reader().close();
      opened = next;
    }
  }

  /** Whether the pins are those that were opened. */
  private boolean isSame(PinnedLayout layout) {
    return Objects.equals(opened.maps(), identity(layout.maps()))
        && Objects.equals(opened.programs(), identity(layout.programs()));
  }

  @Override
  public Optional<String> problem() {
    PinnedLayout layout = new PinDirectory(path).current();
    if (identity(layout.directory()) == null) {
      return Optional.of(absence(path));
    }
    // What was loaded since is for the next snapshot, and watches what is there now.
    return isSame(layout) ? opened.cgroup().flatMap(WatchedCgroup::problem) : Optional.empty();
  }

  @Override
  public Optional<String> limit() {
    return opened.cgroup().flatMap(WatchedCgroup::limit);
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      opened.reader().close();
    }
  }
}
