package io.mysqlwire.bpf;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The kernel programs of this process. They count from {@link #attach} to {@link #close}, or to the
 * end of the process however it ends: the kernel detaches them with its last file descriptor.
 */
public final class WireTap implements WireReader {
  /** Between two looks at the watched cgroup. What it answers before the next is not seen. */
  private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final String COMES_BACK = "once it is made anew it is watched again";

  private final KernelPrograms programs;
  private final SnapshotReader reader;
  private final CgroupListener listener;
  private final Thread watch = new Thread(this::watch, "cgroup");
  private volatile WatchedCgroup cgroup;
  private volatile boolean closed;
  private boolean refused;

  private WireTap(KernelPrograms programs, WatchedCgroup cgroup, CgroupListener listener) {
    this.programs = programs;
    this.cgroup = cgroup;
    this.listener = listener;
    this.reader = programs.reader();
  }

  /** The same without a listener. */
  public static WireTap attach(TapConfig config) throws TapException {
    return attach(config, CgroupListener.NONE);
  }

  /**
   * Loads and attaches, and attaches again when the watched cgroup is removed and made anew, as
   * that of a service is with every restart.
   *
   * @throws TapException with a message for the user, when the host does not allow it
   */
  public static WireTap attach(TapConfig config, CgroupListener listener) throws TapException {
    WatchedCgroup cgroup = WatchedCgroup.at(config.cgroup(), COMES_BACK);
    KernelPrograms programs = KernelPrograms.attach(config);
    try {
      WireTap tap = new WireTap(programs, cgroup, listener);
      tap.watch.setDaemon(true);
      tap.watch.start();
      return tap;
    } catch (RuntimeException | Error e) {
      programs.close(); // nobody else will
      throw e;
    }
  }

  private void watch() {
    while (!closed) {
      LockSupport.parkNanos(LOOK_NS);
      cgroup.madeAnew().ifPresent(this::attachAgain);
    }
  }

  private synchronized void attachAgain(Path path) {
    if (closed) {
      return;
    }
    WatchedCgroup next = WatchedCgroup.at(path, COMES_BACK);
    try {
      programs.attachAgain(path);
      cgroup = next;
      refused = false;
      listener.attachedAgain(path);
    } catch (TapException | RuntimeException e) {
      if (!refused) {
        listener.attachRefused(e);
      }
      refused = true;
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

  @Override
  public Optional<String> limit() {
    return cgroup.limit();
  }

  /** Detaches and unloads. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      LockSupport.unpark(watch);
      reader.close();
      programs.close();
    }
  }
}
