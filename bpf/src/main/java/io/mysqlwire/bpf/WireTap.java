package io.mysqlwire.bpf;

import java.util.Optional;

/**
 * The kernel programs of this process. They count from {@link #attach} to {@link #close}, or to the
 * end of the process however it ends: the kernel detaches them with its last file descriptor.
 */
public final class WireTap implements WireReader {
  private final KernelPrograms programs;
  private final SnapshotReader reader;
  private final WatchedCgroup cgroup;
  private volatile boolean closed;

  private WireTap(KernelPrograms programs, WatchedCgroup cgroup) {
    this.programs = programs;
    this.cgroup = cgroup;
    this.reader = programs.reader();
  }

  /**
   * Loads and attaches.
   *
   * @throws TapException with a message for the user, when the host does not allow it
   */
  public static WireTap attach(TapConfig config) throws TapException {
    WatchedCgroup cgroup = WatchedCgroup.at(config.cgroup(), "restart the exporter");
    KernelPrograms programs = KernelPrograms.attach(config);
    try {
      return new WireTap(programs, cgroup);
    } catch (RuntimeException | Error e) {
      programs.close(); // nobody else will
      throw e;
    }
  }

  @Override
  public TapDescription description() {
    return programs.description();
  }

  @Override
  public synchronized WireSnapshot read() {
    if (closed) {
      throw new IllegalStateException("the tap is closed");
    }
    return reader.read();
  }

  @Override
  public Optional<String> problem() {
    return closed ? Optional.of("the tap is closed") : cgroup.problem();
  }

  /** Detaches and unloads. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      reader.close();
      programs.close();
    }
  }
}
