package io.mysqlwire.exporter.health;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.WatchedPorts;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.exporter.health.probe.ServerProbes;
import io.mysqlwire.exporter.servers.WatchedServer;
import io.mysqlwire.servers.RunningServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is who among the servers: those that run here, those that connections are seen to, and those
 * to be probed may be the same. Not thread-safe.
 */
final class Subjects {
  /** One that has ended, and that nobody wants probed, is gone for good after this time. */
  private static final double FORGOTTEN_SECONDS = TimeUnit.HOURS.toSeconds(1);

  private final List<Subject> all = new ArrayList<>();
  private final Map<String, Subject> byLabel = new HashMap<>();

  /** Those to be probed are there from the start. */
  Subjects(List<ServerProbes> probes, long now, Instant clock) {
    probes.forEach(some -> all.add(new Subject(Optional.of(some), now, clock)));
  }

  List<Subject> all() {
    return List.copyOf(all);
  }

  /** Takes note of the servers that run here, of those that listen where it is watched. */
  void offer(List<WatchedServer> servers, WatchedPorts ports, long now, Instant clock) {
    List<WatchedServer> silent = new ArrayList<>();
    List<Subject> running = new ArrayList<>();
    for (WatchedServer watched : servers) {
      RunningServer server = watched.server();
      @Nullable Subject subject = find(server);
      boolean listens = !server.sockets().isEmpty() || !server.unixSockets().isEmpty();
      if (subject == null && !listens) {
        silent.add(watched);
        continue;
      }
      if (subject == null && isWatched(server, ports)) {
        subject = new Subject(Optional.empty(), now, clock);
        all.add(subject);
      }
      if (subject != null) {
        subject.runsAs(watched, now);
        running.add(subject);
      }
    }
    all.stream().filter(subject -> !running.contains(subject)).forEach(Subject::ended);
    List<Subject> gone = all.stream().filter(Subject::isGone).toList();
    // It has not opened its sockets, which would tell: one that was started as one that is missing.
    for (WatchedServer watched : silent) {
      gone.stream()
          .filter(subject -> subject.hasNoProcess() && subject.wasStartedAs(watched))
          .findFirst()
          .ifPresent(subject -> subject.runsAs(watched, now));
    }
  }

  private @Nullable Subject find(RunningServer server) {
    for (Subject subject : all) {
      if (subject.is(server.process())) {
        return subject;
      }
    }
    for (Subject subject : all) {
      if (subject.hasNoProcess() && subject.isWhere(server)) {
        return subject;
      }
    }
    return null;
  }

  private static boolean isWatched(RunningServer server, WatchedPorts ports) {
    return ports.servers()
        || server.sockets().stream().anyMatch(socket -> ports.numbers().contains(socket.port()));
  }

  /** Takes note of connections; those to a server that is not known, and open, make one. */
  void offer(WireSnapshot snapshot, long now, Instant clock) {
    Map<String, long[]> labels = new HashMap<>();
    for (BackendCounters counters : snapshot.backends()) {
      long[] sums = labels.computeIfAbsent(counters.backend().server(), unused -> new long[2]);
      sums[0] += counters.connectionsOpened();
      sums[1] += counters.connections();
    }
    labels.remove("other");
    byLabel.clear();
    labels.forEach(
        (label, sums) -> {
          Subject subject = find(label);
          if (subject == null && sums[1] > 0) {
            subject = new Subject(Optional.empty(), now, clock);
            all.add(subject);
          }
          if (subject != null) {
            subject.addLabel(label, sums[0]);
            byLabel.put(label, subject);
          }
        });
  }

  private @Nullable Subject find(String label) {
    return all.stream().filter(subject -> subject.isReachedBy(label)).findFirst().orElse(null);
  }

  /** The server that connections with this label are to. */
  @Nullable Subject of(String label) {
    return byLabel.get(label);
  }

  /** Drops those that have been gone, or quiet, for long. */
  void forget(long now, Consumer<Subject> dropped) {
    List<Subject> old =
        all.stream()
            .filter(subject -> subject.probes().isEmpty() && subject.hasNoProcess())
            .filter(subject -> subject.quietSeconds(now) > FORGOTTEN_SECONDS)
            .toList();
    all.removeAll(old);
    old.forEach(dropped);
  }
}
