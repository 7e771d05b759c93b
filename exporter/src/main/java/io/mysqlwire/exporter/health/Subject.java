package io.mysqlwire.exporter.health;

import io.mysqlwire.bpf.ServerLabel;
import io.mysqlwire.exporter.health.Facts.LocalProcess;
import io.mysqlwire.exporter.health.probe.ServerProbes;
import io.mysqlwire.exporter.health.traffic.Traffic;
import io.mysqlwire.exporter.servers.WatchedServer;
import io.mysqlwire.servers.ListeningSocket;
import io.mysqlwire.servers.RunningServer;
import io.mysqlwire.servers.ServerProcess;
import io.mysqlwire.servers.TcpListener;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server that is judged: a process of this host through its restarts, or one elsewhere that is
 * only probed. Not thread-safe.
 */
final class Subject {
  private final Optional<ServerProbes> probes;
  private final ServerName name;
  private final VerdictHistory history;
  private final Set<String> labels = new HashSet<>();

  private @Nullable RunningServer server;
  private List<ListeningSocket> sockets = List.of();
  private List<String> unixSockets = List.of();
  private boolean runs;
  private boolean hasListened;
  private boolean hasAnswered;
  private boolean stopped;
  private final CpuUse cpu = new CpuUse();
  private String commandLine = "";
  private int queued;
  private long queuedSince;
  private double ageSeconds;
  private long lastSign;

  Subject(Optional<ServerProbes> probes, long now, Instant clock) {
    this.probes = probes;
    this.name = new ServerName();
    this.history = new VerdictHistory(clock);
    this.lastSign = now;
    probes.ifPresent(some -> name.offerTarget(some.target()));
  }

  Optional<ServerProbes> probes() {
    return probes;
  }

  VerdictHistory history() {
    return history;
  }

  String name() {
    return name.text();
  }

  /** All that it is reached by, as far as is known. */
  Set<String> aliases() {
    Set<String> all = new HashSet<>(labels);
    sockets.forEach(socket -> all.add(ServerLabel.of(socket)));
    all.addAll(unixSockets);
    probes.ifPresent(some -> all.add(some.target().endpoint()));
    return all;
  }

  /** Whether it runs, or ran last, as this process. */
  boolean is(ServerProcess process) {
    return server != null && server.process().equals(process);
  }

  /** Whether it is of this host, so that its traffic can be counted. */
  boolean isLocal() {
    return server != null || !labels.isEmpty();
  }

  /** Whether its process, should it have one, has ended. */
  boolean hasNoProcess() {
    return !runs;
  }

  /** Whether it was here once, and ended. */
  boolean isGone() {
    return server != null && !runs;
  }

  /** Whether a server was started with the command that this one was. */
  boolean wasStartedAs(WatchedServer watched) {
    return !commandLine.isEmpty() && commandLine.equals(watched.server().process().commandLine());
  }

  /** Whether a server that runs now is where this one was, is called, or is to be probed. */
  boolean isWhere(RunningServer running) {
    Set<String> own = aliases();
    return running.unixSockets().stream().anyMatch(own::contains)
        || running.sockets().stream()
            .anyMatch(socket -> own.stream().anyMatch(one -> ServerLabel.isThrough(socket, one)))
        || running.sockets().stream().anyMatch(sockets::contains);
  }

  /** Whether a connection with this label is one to it. */
  boolean isReachedBy(String label) {
    return labels.contains(label)
        || unixSockets.contains(label)
        || probes.filter(some -> some.target().endpoint().equals(label)).isPresent()
        || sockets.stream().anyMatch(socket -> ServerLabel.isThrough(socket, label));
  }

  void addLabel(String label, long opened) {
    labels.add(label);
    name.offer(label, opened);
  }

  /** It runs, as this process. */
  void runsAs(WatchedServer watched, long now) {
    RunningServer running = watched.server();
    if (!is(running.process())) {
      hasListened = false;
      hasAnswered = false;
      commandLine = running.process().commandLine();
      cpu.begin();
    }
    server = running;
    runs = true;
    lastSign = now;
    if (!running.sockets().isEmpty() || !running.unixSockets().isEmpty()) {
      hasListened = true;
      sockets = running.sockets();
      unixSockets = running.unixSockets();
      sockets.forEach(socket -> name.offerSocket(socket));
    }
    look(running.process(), now);
    int waiting = notAccepted(running.process());
    if (queued == 0) {
      queuedSince = now;
    }
    queued = waiting;
  }

  /** Connections that wait on its ports. */
  private int notAccepted(ServerProcess process) {
    return TcpListener.of(process.directory()).stream()
        .filter(one -> sockets.stream().anyMatch(socket -> socket.port() == one.port()))
        .mapToInt(TcpListener::queued)
        .sum();
  }

  private void look(ServerProcess process, long now) {
    ProcessState.of(process)
        .ifPresentOrElse(
            state -> {
              stopped = state.stopped();
              ageSeconds = state.ageSeconds();
              cpu.offer(now, state.cpuSeconds());
            },
            () -> runs = false);
  }

  /** It was not among those that run. */
  void ended() {
    runs = false;
  }

  /** Something was heard of it. */
  void answered(long now) {
    hasAnswered = true;
    lastSign = now;
  }

  /** Since anything was last heard of it. */
  double quietSeconds(long now) {
    return (now - lastSign) / 1e9;
  }

  /** What is known of its process at {@code now}. */
  Optional<LocalProcess> process(long now, Optional<Traffic> traffic) {
    RunningServer running = server;
    if (running == null) {
      return Optional.empty();
    }
    boolean visible = running.executable().isPresent();
    boolean open = !running.sockets().isEmpty() || !running.unixSockets().isEmpty();
    boolean flows = traffic.filter(Traffic::flows).isPresent();
    return Optional.of(
        new LocalProcess(
            running.process().pid(),
            runs,
            open || !visible || flows,
            hasListened || !visible || flows,
            hasAnswered,
            stopped,
            ageSeconds,
            cpu.recent(),
            runs ? 0 : quietSeconds(now),
            queued,
            queued == 0 ? 0 : (now - queuedSince) / 1e9));
  }
}
