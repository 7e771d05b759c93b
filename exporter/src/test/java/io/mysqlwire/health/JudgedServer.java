package io.mysqlwire.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.exactness.Taps;
import io.mysqlwire.exporter.health.HealthSettings;
import io.mysqlwire.exporter.health.HealthWatch;
import io.mysqlwire.exporter.health.Reason;
import io.mysqlwire.exporter.health.ServerHealth;
import io.mysqlwire.exporter.health.Settings;
import io.mysqlwire.exporter.health.Verdict;
import io.mysqlwire.exporter.health.probe.Check;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import io.mysqlwire.exporter.health.targets.ProbeTarget;
import io.mysqlwire.exporter.input.Secret;
import io.mysqlwire.exporter.servers.ServerBinaries;
import io.mysqlwire.exporter.servers.ServerWatch;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A real server, watched in the kernel and judged as the exporter does by default. */
final class JudgedServer implements AutoCloseable {
  /** What is promised is 5 s; a busy machine may take some of its own. */
  private static final long BOUND = TimeUnit.SECONDS.toNanos(15);

  /** A port that is nobody's. */
  private static final int ELSEWHERE = 1;

  private final EmbeddedServer server;
  private final Taps taps;
  private final ServerWatch servers;
  private final HealthWatch health;
  private final boolean here;
  private long since;

  private JudgedServer(EmbeddedServer server, List<ProbeTarget> targets, boolean here)
      throws Exception {
    this.server = server;
    this.here = here;
    taps = Taps.attach(here ? server.port() : ELSEWHERE);
    servers = ServerWatch.start(taps.all().get(0), ServerBinaries.UNREADABLE);
    health = judge(targets, here);
    since = System.nanoTime();
  }

  private HealthWatch judge(List<ProbeTarget> targets, boolean here) {
    return HealthWatch.start(
        taps.all().get(0),
        here ? servers::servers : List::of,
        new HealthSettings(targets, Settings.NO_PROBES.probes(), 503));
  }

  /** Another exporter that probes the same server. */
  HealthWatch secondExporter() {
    return judge(List.of(target(server, ProbeAccount.PASSWORD)), false);
  }

  /** With the account and the table of {@code packaging/sql}. */
  static JudgedServer probed(ServerKind kind, Map<String, String> options) throws Exception {
    return probed(kind, options, true);
  }

  /** The same as if it were on another host: by its probes alone. */
  static JudgedServer elsewhere(ServerKind kind) throws Exception {
    return probed(kind, Map.of(), false);
  }

  /** With its data below a directory. */
  static JudgedServer probedBelow(Path directory, ServerKind kind, Map<String, String> options)
      throws Exception {
    return probed(EmbeddedServer.startBelow(directory, kind, options), true);
  }

  /**
   * A server on another host, by its probes alone; ends with it.
   *
   * @param client host part of the probes' account
   */
  static JudgedServer across(EmbeddedServer server, String client) throws Exception {
    try {
      ProbeAccount.create(server, client);
      return new JudgedServer(server, List.of(target(server, ProbeAccount.PASSWORD)), false);
    } catch (Exception | AssertionError e) {
      server.close();
      throw e;
    }
  }

  private static JudgedServer probed(ServerKind kind, Map<String, String> options, boolean here)
      throws Exception {
    return probed(EmbeddedServer.start(kind, options), here);
  }

  private static JudgedServer probed(EmbeddedServer server, boolean here) throws Exception {
    try {
      ProbeAccount.create(server);
      return new JudgedServer(server, List.of(target(server, ProbeAccount.PASSWORD)), here);
    } catch (Exception | AssertionError e) {
      server.close();
      throw e;
    }
  }

  /** By what the kernel sees alone. */
  static JudgedServer unprobed(ServerKind kind, Map<String, String> options) throws Exception {
    return new JudgedServer(EmbeddedServer.start(kind, options), List.of(), true);
  }

  /** The same, with its data below a directory. */
  static JudgedServer unprobedBelow(Path directory, ServerKind kind, Map<String, String> options)
      throws Exception {
    return new JudgedServer(EmbeddedServer.startBelow(directory, kind, options), List.of(), true);
  }

  /** A server to probe, by TCP. */
  static ProbeTarget target(EmbeddedServer server, String password) {
    return new ProbeTarget(
        "client",
        server.address(),
        server.port(),
        "",
        ProbeAccount.USER,
        new Secret(password),
        ProbeTarget.Encryption.DISABLED,
        Optional.empty());
  }

  EmbeddedServer server() {
    return server;
  }

  /** From now on the time runs that a verdict takes. */
  void begin() {
    since = System.nanoTime();
  }

  /** Writes of an account that the kernel has seen acknowledged. */
  long writesSeen(String user) {
    return taps.all().get(0).read().backends().stream()
        .filter(counters -> counters.backend().user().equals(user))
        .mapToLong(BackendCounters::writes)
        .sum();
  }

  private String address() {
    return server.address() + ":" + server.port();
  }

  ServerHealth now() {
    List<ServerHealth> known =
        health.servers().stream()
            .filter(one -> one.isCalled(address()) || one.mayBeCalled(address()))
            .toList();
    assertThat(known).hasSizeLessThan(2);
    return known.isEmpty()
        ? new ServerHealth(
            "",
            Set.of(),
            new Verdict(Reason.UNKNOWN, Instant.EPOCH, "not known yet"),
            List.of(),
            List.of(),
            List.of())
        : known.get(0);
  }

  Check check(ProbeKind kind) {
    return now().checks().stream().filter(one -> one.kind() == kind).findFirst().orElseThrow();
  }

  /** Waits for a verdict, within the bound. */
  ServerHealth shouldBecome(Reason reason) throws Exception {
    Await.until(
        reason + " rather than " + now().verdict(), () -> now().verdict().reason() == reason);
    ServerHealth reached = now();
    long took = System.nanoTime() - since;
    System.out.printf(
        Locale.ROOT,
        "%s: %s after %.1f s: %s%n",
        server.kind().label(),
        reason.label(),
        took / 1e9,
        reached.verdict().evidence());
    assertThat(took).as(reason.label() + " within the bound").isLessThan(BOUND);
    return reached;
  }

  /** What is done while a verdict is to stay. */
  interface Meanwhile {
    void run() throws Exception;
  }

  /** Looks at so many verdicts, half a second apart: all have to be this. */
  void shouldStay(Reason reason, int looks) throws Exception {
    shouldStay(reason, looks, () -> {});
  }

  /** The same, with something done before each. */
  void shouldStay(Reason reason, int looks, Meanwhile meanwhile) throws Exception {
    for (int i = 0; i < looks; i++) {
      meanwhile.run();
      List<ServerHealth> before = health.servers();
      Await.until("the next verdict", () -> health.servers() != before);
      assertThat(now().verdict().reason()).as(now().verdict().evidence()).isEqualTo(reason);
    }
  }

  /** Waits until each probe that can says that all is well. */
  void shouldBecomeWell() throws Exception {
    shouldBecome(Reason.OK);
    settle();
  }

  /** The same, however long it takes the JVM to warm up. */
  void settle() throws Exception {
    Await.until("it is well", () -> now().verdict().reason() == Reason.OK);
    if (here) {
      Await.until("its process is found", () -> now().isCalled(server.socket().toString()));
    }
    if (!now().checks().isEmpty()) {
      for (ProbeKind kind : List.of(ProbeKind.CONNECT, ProbeKind.READ, ProbeKind.WRITE)) {
        Await.until(kind.label() + " is well", () -> check(kind).isOk());
      }
    }
  }

  @Override
  public void close() throws IOException {
    health.close();
    servers.close();
    taps.close();
    server.close();
  }
}
