package io.mysqlwire.bpf;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The loaded and attached kernel programs. They count from {@link #attach} to {@link #close}, or to
 * the end of the process however it ends: the kernel detaches them with its last file descriptor.
 */
public final class WireTap implements AutoCloseable {
  private final long handle;
  private final TapChoice tap;
  private final String reason;
  private final SnapshotReader reader;
  private boolean closed;

  private WireTap(long handle, TapConfig config, TapChoice tap, String reason) {
    this.handle = handle;
    this.tap = tap;
    this.reason = reason;
    this.reader = new SnapshotReader(handle, config, tap);
  }

  /**
   * Loads and attaches.
   *
   * @throws TapException with a message for the user, when the host does not allow it
   */
  public static WireTap attach(TapConfig config) throws TapException {
    requireCgroup(config.cgroup());
    if (config.tap() != TapChoice.AUTO) {
      return attach(config, config.tap(), "requested");
    }
    String refusal;
    try {
      return attach(config, TapChoice.TRACING, "preferred");
    } catch (KernelRefusal e) {
      refusal = e.shortMessage();
    }
    return attach(config, TapChoice.CGROUP, "tracing refused: " + refusal);
  }

  /** Says what the kernel makes of the programs of {@code tap}; attaches nothing. */
  static void tryLoad(TapConfig config, TapChoice tap) throws KernelRefusal {
    Native.close(load(config, tap));
  }

  private static WireTap attach(TapConfig config, TapChoice tap, String reason)
      throws KernelRefusal {
    long handle = load(config, tap);
    int error = Native.attach(handle, config.cgroup().toString());
    if (error != 0) {
      KernelRefusal refusal = new KernelRefusal("attach to " + config.cgroup(), tap, -error);
      Native.close(handle);
      throw refusal;
    }
    return new WireTap(handle, config, tap, reason);
  }

  private static long load(TapConfig config, TapChoice tap) throws KernelRefusal {
    long handle = Native.open();
    if (handle == 0) {
      throw new IllegalStateException("cannot open the BPF object: " + Native.complaint());
    }
    int error =
        Native.load(
            handle,
            config.ports().stream().mapToInt(Integer::intValue).toArray(),
            Address.mask(config.ipv4Prefix(), 32),
            Address.mask(config.ipv6Prefix(), 128),
            config.users(),
            tap == TapChoice.TRACING,
            !isRoot(config.cgroup()),
            config.maxBackends(),
            config.maxRefused(),
            config.maxConnections(),
            config.maxErrors());
    if (error != 0) {
      KernelRefusal refusal = new KernelRefusal("load", tap, -error);
      Native.close(handle);
      throw refusal;
    }
    return handle;
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

  /** Which tap runs: {@link TapChoice#TRACING} or {@link TapChoice#CGROUP}. */
  public TapChoice tap() {
    return tap;
  }

  /** Why that one, in a few words, e.g. {@code requested} or {@code tracing refused: EPERM}. */
  public String reason() {
    return reason;
  }

  /** Reads every map. Safe to call from any thread; readers take turns. */
  public synchronized WireSnapshot read() {
    if (closed) {
      throw new IllegalStateException("the tap is closed");
    }
    return reader.read();
  }

  /** Detaches and unloads. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      Native.close(handle);
    }
  }
}
