package io.mysqlwire.exporter.servers;

import io.mysqlwire.bpf.ProbedBinary;
import io.mysqlwire.bpf.WireReader;
import io.mysqlwire.servers.FoundServer;
import io.mysqlwire.servers.ListeningSocket;
import io.mysqlwire.servers.RunningServer;
import io.mysqlwire.servers.ServerProcess;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the list of the servers that run here. Looks at /proc when the kernel programs say that a
 * server has begun to run or to listen, or ceased to, and when one that is known has ended; else
 * once a minute, for what gives no sign. No scrape waits for it.
 */
public final class ServerWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerWatch.class);

  /** Between two looks at the kernel's sign. */
  private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final long SIGNLESS_NS = TimeUnit.MINUTES.toNanos(1);

  /** A server that is only restarted is back by then, and never was without its probes. */
  private static final long RESTART_NS = TimeUnit.SECONDS.toNanos(10);

  private final WireReader tap;
  private final ServerBinaries binaries;
  private final Thread thread = new Thread(this::watch, "servers");
  private volatile Map<ServerProcess, WatchedServer> servers = Map.of();
  private volatile boolean closed;
  private long changes = -1;
  private long looked;

  /** Time until those are looked at again whose version is not known; twice as long each time. */
  private long patience = LOOK_NS;

  /** When a server was last found to have ended; empty when that is dealt with. */
  private OptionalLong ended = OptionalLong.empty();

  private Set<ProbedBinary> condemned = Set.of();

  private ServerWatch(WireReader tap, ServerBinaries binaries) {
    this.tap = tap;
    this.binaries = binaries;
  }

  /** Begins to watch; the first look is in another thread, too. */
  public static ServerWatch start(WireReader tap, ServerBinaries binaries) {
    ServerWatch watch = new ServerWatch(tap, binaries);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  /** Those that run, as of the last look. */
  public List<WatchedServer> servers() {
    return List.copyOf(servers.values());
  }

  private void watch() {
    while (!closed) {
      try {
        lookIfNeeded();
      } catch (RuntimeException e) {
        // What is watched was unloaded below us, or is closed just now: whoever reads it says so.
        LOG.atDebug().setMessage("no look at the servers").setCause(e).log();
      }
      LockSupport.parkNanos(LOOK_NS);
    }
  }

  private void lookIfNeeded() {
    hearOfCondemned();
    long sign = tap.serverChanges(); // before the look: what changes during it is for the next
    boolean changed = sign != changes || !servers.keySet().stream().allMatch(ServerProcess::lives);
    boolean known = servers.values().stream().allMatch(WatchedServer::isKnown);
    if (isTimeToForget()) {
      ended = OptionalLong.empty();
      binaries.onlyThese(ServerProcess.running());
    }
    if (!changed && System.nanoTime() - looked < (known ? SIGNLESS_NS : patience)) {
      return;
    }
    patience = changed ? LOOK_NS : Math.min(2 * patience, SIGNLESS_NS);
    look();
    changes = sign;
    looked = System.nanoTime();
  }

  private boolean isTimeToForget() {
    return ended.isPresent() && System.nanoTime() - ended.getAsLong() > RESTART_NS;
  }

  private void hearOfCondemned() {
    Set<ProbedBinary> now = new HashSet<>();
    for (ProbedBinary binary : tap.probed()) {
      if (binary.condemned()) {
        now.add(binary);
        if (condemned.stream().noneMatch(one -> one.isOf(binary.device(), binary.inode()))) {
          binaries.condemned(binary);
          changes = -1; // what is said of its servers is another thing now
        }
      }
    }
    condemned = now;
  }

  private void look() {
    tap.findListeners();
    Map<Integer, List<ListeningSocket>> listeners = tap.listeners();
    Map<ServerProcess, WatchedServer> now = new LinkedHashMap<>();
    for (ServerProcess process : ServerProcess.running()) {
      @Nullable WatchedServer before = servers.get(process);
      now.put(process, look(process, listeners.getOrDefault(process.pid(), List.of()), before));
    }
    for (ServerProcess process : servers.keySet()) {
      if (!now.containsKey(process)) {
        LOG.atInfo().setMessage("server ended").addKeyValue("pid", process.pid()).log();
        ended = OptionalLong.of(System.nanoTime());
      }
    }
    servers = now;
  }

  private WatchedServer look(
      ServerProcess process, List<ListeningSocket> seen, @Nullable WatchedServer before) {
    // First of all: what is encrypted before is not read.
    Optional<FoundServer> found = tap.found(process);
    Readability readability = binaries.appeared(process, found);
    RunningServer server = RunningServer.look(process, seen);
    WatchedServer result =
        new WatchedServer(found.map(server::completedBy).orElse(server), readability);
    if (before == null || before.encryption() != result.encryption()) {
      log(result);
    }
    return result;
  }

  private static void log(WatchedServer watched) {
    RunningServer server = watched.server();
    LOG.atInfo()
        .setMessage("server")
        .addKeyValue("pid", server.process().pid())
        .addKeyValue("version", server.version())
        .addKeyValue("tls", watched.encryption().label())
        .addKeyValue(
            "reason", watched.encryption() == Encryption.OFF ? "" : watched.readability().reason())
        .log();
    if (server.sockets().isEmpty() && server.executable().isEmpty()) {
      LOG.atWarn()
          .setMessage(
              "can't see where a server listens that was there before; give CAP_SYS_PTRACE, or name"
                  + " its port with --mysql.port")
          .addKeyValue("pid", server.process().pid())
          .log();
    }
  }

  /** Watches no longer. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
