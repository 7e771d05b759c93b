package io.mysqlwire.exporter.health;

import io.mysqlwire.bpf.WireReader;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.exporter.health.DecisionTable.Line;
import io.mysqlwire.exporter.health.probe.Check;
import io.mysqlwire.exporter.health.probe.IoWait;
import io.mysqlwire.exporter.health.probe.ServerProbes;
import io.mysqlwire.exporter.health.probe.SlowIo;
import io.mysqlwire.exporter.health.targets.ProbeTarget;
import io.mysqlwire.exporter.health.traffic.Traffic;
import io.mysqlwire.exporter.health.traffic.TrafficReadings;
import io.mysqlwire.exporter.servers.WatchedServer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges every server twice a second, in a thread of its own. Nobody who asks waits for it. */
public final class HealthWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);

  private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(500);

  /** Between two looks at the kernel's maps. */
  private static final long READ = TimeUnit.SECONDS.toNanos(1);

  /** A round that comes later was kept from running, and so may have been what it judges. */
  private static final long LATE_ROUND = TimeUnit.SECONDS.toNanos(1);

  /** A verdict that is older is none: whoever makes them hangs. */
  private static final long STALE = TimeUnit.SECONDS.toNanos(5);

  /** What the server measured is told for so long. */
  private static final long NEWS = TimeUnit.SECONDS.toNanos(4);

  private final WireReader tap;
  private final Supplier<List<WatchedServer>> servers;
  private final HealthSettings settings;
  private final double ioThreshold;
  private final List<ServerProbes> probes = new ArrayList<>();
  private final List<String> probeUsers;
  private final Subjects subjects;
  private final TrafficReadings<Subject> readings;
  private final Thread thread = new Thread(this::watch, "health");

  private volatile Judged judged;
  private volatile boolean closed;
  private boolean blind = true;
  private long lastRead;
  private long lastRound;

  /** Time as far as it was watched: less than what has passed where this process stood still. */
  private long watched;

  private record Judged(List<ServerHealth> servers, long at) {}

  private HealthWatch(
      WireReader tap, Supplier<List<WatchedServer>> servers, HealthSettings settings) {
    this.tap = tap;
    this.servers = servers;
    this.settings = settings;
    ioThreshold = settings.probes().ioThreshold().toNanos() / 1e9;
    readings = new TrafficReadings<>(ioThreshold, DiskWait::is);
    probeUsers = settings.targets().stream().map(ProbeTarget::user).toList();
    long now = System.nanoTime();
    settings.targets().forEach(this::probe);
    subjects = new Subjects(probes, now, Instant.now());
    lastRead = now - READ;
    lastRound = now;
    judged = new Judged(List.of(), now);
  }

  /** Begins to probe and to judge. */
  public static HealthWatch start(
      WireReader tap, Supplier<List<WatchedServer>> servers, HealthSettings settings) {
    HealthWatch watch = new HealthWatch(tap, servers, settings);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  private void probe(ProbeTarget target) {
    try {
      probes.add(ServerProbes.start(target, settings.probes()));
      LOG.atInfo()
          .setMessage("probing")
          .addKeyValue("server", target.endpoint())
          .addKeyValue("user", target.user())
          .log();
    } catch (SQLException e) {
      throw new IllegalStateException("the driver refuses " + target.endpoint(), e);
    }
  }

  /** Every server that is known, by name; an old verdict is {@code unknown}. */
  public List<ServerHealth> servers() {
    Judged last = judged;
    long age = System.nanoTime() - last.at();
    return age < STALE
        ? last.servers()
        : last.servers().stream().map(server -> stale(server, age)).toList();
  }

  private static ServerHealth stale(ServerHealth server, long age) {
    String evidence = "the exporter has not looked for " + Words.seconds(age / 1e9);
    Verdict unknown = new Verdict(Reason.UNKNOWN, server.verdict().since(), evidence);
    return new ServerHealth(
        server.server(),
        server.aliases(),
        unknown,
        server.checks(),
        server.ioWaits(),
        server.changes());
  }

  private void watch() {
    while (!closed) {
      try {
        round(System.nanoTime(), Instant.now());
      } catch (RuntimeException e) {
        LOG.error("no verdict could be made", e);
      }
      LockSupport.parkNanos(ROUND);
    }
  }

  private void round(long now, Instant clock) {
    watched += Math.min(now - lastRound, LATE_ROUND);
    lastRound = now;
    probes.forEach(ServerProbes::tick);
    subjects.offer(servers.get(), tap.description().ports(), now, clock);
    if (now - lastRead >= READ - ROUND / 2) {
      lastRead = now;
      read(now, clock);
    }
    subjects.forget(now, readings::forget);
    List<ServerHealth> healths = new ArrayList<>();
    for (Subject subject : subjects.all()) {
      healths.add(judge(subject, now, clock));
    }
    healths.sort(Comparator.comparing(ServerHealth::server));
    judged = new Judged(List.copyOf(healths), now);
  }

  private void read(long now, Instant clock) {
    try {
      WireSnapshot snapshot = tap.read();
      subjects.offer(snapshot, now, clock);
      readings.offer(now, snapshot, subjects::of, probeUsers);
      blind = tap.problem().isPresent();
    } catch (RuntimeException e) {
      blind = true; // what was loaded is gone; the log has it from who reads it for people
    }
  }

  private ServerHealth judge(Subject subject, long now, Instant clock) {
    List<Check> checks = subject.probes().map(ServerProbes::checks).orElse(List.of());
    Optional<Traffic> traffic = traffic(subject, now);
    if (traffic.filter(Traffic::flows).isPresent()
        || checks.stream().anyMatch(check -> check.isOk() && check.ageSeconds() < 1)) {
      subject.answered(now);
    }
    subject
        .probes()
        .ifPresent(probes -> probes.spareWrites(traffic.filter(Traffic::isWritten).isPresent()));
    Facts facts =
        new Facts(
            subject.process(now, traffic), traffic, checks, slowIo(subject, now), ioThreshold);
    Line line = DecisionTable.decide(facts);
    VerdictHistory history = subject.history();
    Reason before = history.changes().get(0).reason();
    Verdict verdict = history.offer(line, line.evidence().apply(facts), watched, clock);
    if (verdict.reason() != before) {
      log(subject.name(), before, verdict);
    }
    List<IoWait> waits = subject.probes().map(ServerProbes::ioWaits).orElse(List.of());
    return new ServerHealth(
        subject.name(), subject.aliases(), verdict, checks, waits, history.changes());
  }

  /** Empty where nobody counts: elsewhere, or because the exporter is blind. */
  private Optional<Traffic> traffic(Subject subject, long now) {
    return blind || !subject.isLocal() ? Optional.empty() : Optional.of(readings.of(subject, now));
  }

  private static Optional<SlowIo> slowIo(Subject subject, long now) {
    return subject.probes().flatMap(ServerProbes::slowIo).filter(slow -> now - slow.at() < NEWS);
  }

  private static void log(String server, Reason before, Verdict verdict) {
    LOG.atLevel(
            verdict.reason() == Reason.OK ? org.slf4j.event.Level.INFO : org.slf4j.event.Level.WARN)
        .setMessage("health")
        .addKeyValue("server", server)
        .addKeyValue("reason", verdict.reason().label())
        .addKeyValue("before", before.label())
        .addKeyValue("evidence", verdict.evidence())
        .log();
  }

  /** Ends probes and judging. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    probes.forEach(ServerProbes::close);
  }
}
