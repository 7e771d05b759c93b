package io.mysqlwire.bpf;

import io.mysqlwire.servers.ListeningSocket;
import io.mysqlwire.servers.ServerProcess;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

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
  private final Consumer<ProbedBinary> condemned;
  private final Thread watch = new Thread(this::watch, "cgroup");
  private volatile WatchedCgroup cgroup;
  private final boolean readsTls;

  /** Inodes of condemned binaries by device; only the thread that watches looks at it. */
  private final Set<List<Long>> told = new HashSet<>();

  private volatile boolean closed;
  private boolean refused;

  private WireTap(
      KernelPrograms programs,
      WatchedCgroup cgroup,
      CgroupListener listener,
      Consumer<ProbedBinary> condemned,
      boolean tls) {
    this.programs = programs;
    this.cgroup = cgroup;
    this.listener = listener;
    this.condemned = condemned;
    this.reader = programs.reader();
    this.readsTls = tls && programs.description().tap() == TapChoice.TRACING;
  }

  /** The same without a listener. */
  public static WireTap attach(TapConfig config) throws TapException {
    return attach(config, CgroupListener.NONE, binary -> {});
  }

  /**
   * Loads and attaches, and attaches again when the watched cgroup is removed and made anew, as
   * that of a service is with every restart.
   *
   * @param condemned hears of binaries that are not believed any more, and are not probed any more
   * @throws TapException with a message for the user, when the host does not allow it
   */
  public static WireTap attach(
      TapConfig config, CgroupListener listener, Consumer<ProbedBinary> condemned)
      throws TapException {
    WatchedCgroup cgroup = WatchedCgroup.at(config.cgroup(), COMES_BACK);
    KernelPrograms programs = KernelPrograms.attach(config);
    try {
      WireTap tap = new WireTap(programs, cgroup, listener, condemned, config.tls());
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
      dropCondemned();
    }
  }

  /**
   * The programs take nothing from a condemned binary at once; its processes still pay for them.
   */
  private void dropCondemned() {
    List<ProbedBinary> now = probed().stream().filter(ProbedBinary::condemned).toList();
    told.retainAll(now.stream().map(WireTap::file).toList()); // the number may come back
    for (ProbedBinary binary : now) {
      if (told.add(file(binary))) {
        unprobe(binary);
        condemned.accept(binary);
      }
    }
  }

  private static List<Long> file(ProbedBinary binary) {
    return List.of(binary.device(), binary.inode());
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

  /**
   * Reads encrypted connections of the processes of a server's binary from now on, those that run
   * and those to come, if their logins are still to come.
   *
   * @param binary any path to it, as {@code /proc/PID/exe}
   */
  public synchronized ProbeOutcome probe(Path binary) {
    if (closed || !readsTls) {
      return new ProbeOutcome(
          ProbeOutcome.Kind.NOT_WANTED,
          "encrypted connections are not read (--no-tls, or the tap)");
    }
    return programs.probes().probe(binary);
  }

  /** Takes the probes off a binary. */
  public synchronized void unprobe(ProbedBinary binary) {
    if (!closed && readsTls) {
      programs.probes().unprobe(binary);
    }
  }

  /**
   * Takes the probes off binaries that none of these processes runs, which keep a replaced file
   * from going; nobody has to, before there are too many.
   *
   * @return those that they were taken off
   */
  public synchronized List<ProbedBinary> keepOnly(Collection<ServerProcess> running) {
    return closed || !readsTls ? List.of() : programs.probes().keepOnly(running);
  }

  /** Binaries that are probed. */
  @Override
  public synchronized List<ProbedBinary> probed() {
    return closed || !readsTls ? List.of() : programs.probes().probed();
  }

  @Override
  public TapDescription description() {
    return programs.description();
  }

  @Override
  public synchronized WireSnapshot read() {
    return open().read();
  }

  @Override
  public synchronized long serverChanges() {
    return open().listeners().changes();
  }

  @Override
  public synchronized Map<Integer, List<ListeningSocket>> listeners() {
    return open().listeners().read();
  }

  @Override
  public synchronized void findListeners() {
    if (!closed) {
      programs.findListeners();
    }
  }

  private SnapshotReader open() {
    if (closed) {
      throw new IllegalStateException("the tap is closed");
    }
    return reader;
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
