package io.mysqlwire.bpf;

import io.mysqlwire.bpf.KernelFault.Stops;
import io.mysqlwire.servers.ListeningSocket;
import io.mysqlwire.servers.RunningServers;
import io.mysqlwire.servers.RunningServers.Listening;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Programs of one tap, loaded and attached by this process. Closed, they are gone, but for what was
 * pinned.
 */
final class KernelPrograms implements AutoCloseable {
  private final long handle;
  private final boolean acceptFaults;
  private volatile TapDescription description;

  /** Those that were found in /proc, and none that the programs saw come. */
  private final Set<ListeningSocket> found = new HashSet<>();

  private KernelPrograms(long handle, TapDescription description, boolean acceptFaults) {
    this.handle = handle;
    this.acceptFaults = acceptFaults;
    this.description = description;
  }

  /**
   * Loads and attaches the tap that is asked for, or the best that the kernel allows.
   *
   * @throws TapException with a message for the user, when the host does not allow it
   */
  static KernelPrograms attach(TapConfig config) throws TapException {
    requireCgroup(config.cgroup());
    if (config.tap() != TapChoice.AUTO) {
      return attach(config, config.tap(), "requested", null, null);
    }
    String refusal;
    try {
      return attach(config, TapChoice.TRACING, "preferred", null, null);
    } catch (KernelRefusal e) {
      refusal = e.reason();
    }
    return attach(config, TapChoice.CGROUP, "tracing refused: " + refusal, null, null);
  }

  /**
   * Loads programs that go on with the maps of those that are pinned, and take their place.
   *
   * @throws TapException with a message for the user, when it can't be
   */
  static KernelPrograms attachInPlaceOf(PinnedLayout pinned, TapConfig config) throws TapException {
    requireCgroup(config.cgroup());
    TapDescription running = PinnedTap.describe(pinned);
    TapConfig fitting = running.fit(config, pinned);
    return attach(fitting, running.tap(), running.reason(), pinned, running);
  }

  /** Loads and attaches {@code tap} as {@link #attach} does, and detaches it at once. */
  static void trial(TapConfig config, TapChoice tap) throws KernelRefusal {
    attach(config, tap, "requested", null, null).close();
  }

  private static KernelPrograms attach(
      TapConfig config,
      TapChoice tap,
      String reason,
      @Nullable PinnedLayout pinned,
      @Nullable TapDescription before)
      throws KernelRefusal {
    KernelPrograms programs = load(config, tap, reason, pinned, before);
    try {
      int error =
          Native.attach(
              programs.handle,
              config.cgroup().toString(),
              pinned == null ? null : pinned.links().toString());
      if (error != 0) {
        throw KernelRefusal.toAttach(
            tap, config.cgroup(), Native.refusedHook(programs.handle), -error);
      }
      programs.findListeners();
      return programs;
    } catch (KernelRefusal | RuntimeException | Error e) {
      programs.close(); // nobody else will
      throw e;
    }
  }

  private static KernelPrograms load(
      TapConfig config,
      TapChoice tap,
      String reason,
      @Nullable PinnedLayout pinned,
      @Nullable TapDescription before)
      throws KernelRefusal {
    if (!config.acceptFaults()) {
      requireSoundKernel(tap);
    }
    TapDescription description = TapDescription.of(config, tap, reason, before);
    long handle = Native.open();
    if (handle == 0) {
      throw new IllegalStateException("cannot open the BPF object: " + Native.complaint());
    }
    try {
      int error = pinned == null ? 0 : Native.reuse(handle, pinned.maps().toString());
      if (error == 0) {
        error = load(handle, config, tap);
      }
      if (error == 0) {
        error = Native.describe(handle, description.bytes());
      }
      if (error != 0) {
        throw KernelRefusal.toLoad(tap, -error);
      }
      return new KernelPrograms(handle, description, config.acceptFaults());
    } catch (KernelRefusal | RuntimeException | Error e) {
      Native.close(handle); // nobody else will
      throw e;
    }
  }

  /** Attaches to a cgroup that came in the place of the watched one, which was removed. */
  void attachAgain(Path cgroup) throws KernelRefusal {
    TapDescription moved = description.attachedAgain(WatchedCgroup.inode(cgroup));
    int error = Native.attachAgain(handle, cgroup.toString());
    if (error == 0) {
      error = Native.describe(handle, moved.bytes());
    }
    if (error != 0) {
      throw KernelRefusal.toAttach(description.tap(), cgroup, Native.refusedHook(handle), -error);
    }
    description = moved;
  }

  /** Looks for listening sockets that were there before the programs, or are gone since. */
  void findListeners() {
    Set<ListeningSocket> now = new HashSet<>();
    for (Listening listening : RunningServers.listening()) {
      ListeningSocket socket = listening.socket();
      now.add(socket);
      Native.addListener(
          handle,
          Address.bytes(socket.address()),
          socket.namespace(),
          socket.port(),
          listening.pid());
    }
    for (ListeningSocket socket : found) {
      if (!now.contains(socket)) {
        Native.removeListener(
            handle, Address.bytes(socket.address()), socket.namespace(), socket.port());
      }
    }
    found.clear();
    found.addAll(now);
  }

  private static int load(long handle, TapConfig config, TapChoice tap) {
    return Native.load(
        handle,
        config.ports().numbers().stream().mapToInt(Integer::intValue).toArray(),
        Address.mask(config.ipv4Prefix(), 32),
        Address.mask(config.ipv6Prefix(), 128),
        config.users(),
        config.proxyProtocol(),
        tap == TapChoice.TRACING,
        !isRoot(config.cgroup()),
        config.tls(),
        config.ports().servers(),
        config.maxBackends(),
        config.maxRefused(),
        config.maxConnections(),
        config.maxErrors());
  }

  private static void requireSoundKernel(TapChoice tap) throws KernelRefusal {
    Optional<String> fault =
        tap == TapChoice.TRACING ? KernelFaults.forbidding(Stops.TRACING) : Optional.empty();
    if (fault.isPresent()) {
      throw KernelRefusal.known(tap, fault.get());
    }
  }

  private static void requireCgroup(Path cgroup) throws TapException {
    if (!Files.isDirectory(cgroup)) {
      throw new TapException(
          "--cgroup.path: "
              + cgroup
              + (Files.exists(cgroup) ? " is no directory" : " does not exist")
              + "; name a directory of the cgroup v2 hierarchy, e.g. /sys/fs/cgroup");
    }
    // Every cgroup v2 directory has it (Documentation/admin-guide/cgroup-v2.rst), no v1 directory.
    if (!Files.exists(cgroup.resolve("cgroup.controllers"))) {
      throw new TapException(
          "--cgroup.path: "
              + cgroup
              + " is not in a cgroup v2 hierarchy; mount one with"
              + " 'mount -t cgroup2 none DIRECTORY' and name it");
    }
  }

  /** The root of the hierarchy is the only cgroup that can't be frozen, so it has no such file. */
  private static boolean isRoot(Path cgroup) {
    return !Files.exists(cgroup.resolve("cgroup.freeze"));
  }

  TapDescription description() {
    return description;
  }

  /** A reader of their maps, for as long as it is not closed. */
  SnapshotReader reader() {
    long reader = Native.reader(handle);
    if (reader < 0) {
      throw new IllegalStateException("the maps can't be read: " + Native.errorText((int) -reader));
    }
    try {
      return new SnapshotReader(reader, description);
    } catch (RuntimeException | Error e) {
      Native.closeReader(reader); // nobody else will
      throw e;
    }
  }

  /** Probes on servers' binaries; they end with the programs. */
  ServerProbes probes() {
    return new ServerProbes(Native.probes(handle), acceptFaults);
  }

  /** Pins them, and their maps unless {@code maps} is null, because they are pinned already. */
  void pin(@Nullable Path maps, Path programs, Path links) throws KernelRefusal {
    int error =
        Native.pin(
            handle, maps == null ? null : maps.toString(), programs.toString(), links.toString());
    if (error != 0) {
      throw KernelRefusal.toPin(description.tap(), links, -error);
    }
  }

  @Override
  public void close() {
    Native.close(handle);
  }
}
