package io.mysqlwire.exporter.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.FileClass;
import io.mysqlwire.bpf.FsyncInFlight;
import io.mysqlwire.exporter.health.DecisionTable.Line;
import io.mysqlwire.exporter.health.Facts.LocalProcess;
import io.mysqlwire.exporter.health.probe.Check;
import io.mysqlwire.exporter.health.probe.Finding;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import io.mysqlwire.exporter.health.probe.SlowIo;
import io.mysqlwire.exporter.health.traffic.Traffic;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DecisionTableTest {
  private static final Traffic BUSY = traffic(900, 300, 0.5, 4, 0.01, 20, 2, 0, 0, 0, 0);
  private static final Traffic QUIET = traffic(0, 5, 600, 0, 0, 3, 0, 0, 0, 0, 0);
  private static final Traffic SILENT = traffic(0, 300, 31, 214, 31, 300, 0, 0, 0, 0, 0);
  private static final LocalProcess RUNS =
      new LocalProcess(42, true, true, true, true, false, 9_000, 0.05, 0, 0, 0);

  private final List<Check> checks = new ArrayList<>();
  private Optional<Traffic> traffic = Optional.empty();
  private Optional<LocalProcess> process = Optional.empty();
  private Optional<SlowIo> slow = Optional.empty();

  private DecisionTableTest probe(ProbeKind kind, Finding finding, double seconds, int code) {
    checks.removeIf(check -> check.kind() == kind);
    checks.add(
        new Check(
            kind, finding, seconds, 0.5, code, finding == Finding.OK ? "" : "said the server"));
    return this;
  }

  private DecisionTableTest probe(ProbeKind kind, Finding finding) {
    return probe(kind, finding, finding.isTooLate() ? 1.5 : 0.0003, 0);
  }

  private DecisionTableTest allOk() {
    for (ProbeKind kind : ProbeKind.values()) {
      probe(kind, Finding.OK);
    }
    return this;
  }

  private DecisionTableTest here(LocalProcess as) {
    process = Optional.of(as);
    return this;
  }

  private static Traffic traffic(
      long answered,
      double perSecond,
      double silentSeconds,
      long waiting,
      double oldestSeconds,
      long connections,
      long logins,
      long refused,
      long readOnlyClients,
      long noSpaceClients,
      long slowFsyncs) {
    return new Traffic(
        answered,
        perSecond,
        silentSeconds,
        waiting,
        oldestSeconds,
        connections,
        logins,
        refused,
        readOnlyClients,
        noSpaceClients,
        slowFsyncs,
        0,
        Optional.empty());
  }

  private DecisionTableTest with(Traffic seen) {
    traffic = Optional.of(seen);
    return this;
  }

  private void shouldBe(Reason reason, String... evidence) {
    Facts facts = new Facts(process, traffic, checks, slow, 0.2);
    Line line = DecisionTable.decide(facts);
    assertThat(line.reason()).isEqualTo(reason);
    for (String part : evidence) {
      assertThat(line.evidence().apply(facts)).contains(part);
    }
  }

  @Test
  void shouldBeOkWhenAllProbesAreAnswered() {
    allOk().shouldBe(Reason.OK, "SELECT 1 answers in 0.3 ms");
  }

  @Test
  void shouldBeOkForTheKernelAlone() {
    here(RUNS).with(BUSY).shouldBe(Reason.OK, "900 were answered", "no probe is on");
    with(QUIET).shouldBe(Reason.OK, "no command waits, none answered for 600 s");
  }

  @Test
  void shouldShowTheContradictionOfExhaustedSlots() {
    here(RUNS)
        .with(SILENT)
        .allOk()
        .probe(ProbeKind.READ, Finding.HANGS)
        .probe(ProbeKind.WRITE, Finding.HANGS)
        .shouldBe(
            Reason.EXHAUSTED,
            "SELECT 1 answers in 0.3 ms, a table read has no answer for 1.5 s, 214 commands wait,"
                + " the oldest for 31 s, none answered for 31 s");
  }

  /** Somebody has locked the probes' table. */
  @Test
  void shouldNotTakeOneTableForAll() {
    here(RUNS).with(BUSY).allOk().probe(ProbeKind.READ, Finding.HANGS).shouldBe(Reason.CANNOT_READ);
  }

  @Test
  void shouldBeStuckWhenNothingIsAnswered() {
    allOk().probe(ProbeKind.SELECT_1, Finding.HANGS).shouldBe(Reason.STUCK);
    here(RUNS).with(SILENT).shouldBe(Reason.STUCK, "214 commands wait", "SELECT 1 has no answer");
  }

  @Test
  void shouldBelieveClientsMoreThanProbes() {
    here(RUNS)
        .with(BUSY)
        .allOk()
        .probe(ProbeKind.SELECT_1, Finding.HANGS)
        .probe(ProbeKind.CONNECT, Finding.UNREACHABLE)
        .shouldBe(Reason.OK, "SELECT 1 has no answer for 1.5 s", "900 were answered");
  }

  @Test
  void shouldTellASilenceFromLongQueries() {
    here(RUNS).with(SILENT).shouldBe(Reason.STUCK, "300 a second were answered before");
    here(new LocalProcess(42, true, true, true, true, false, 9_000, 2.9, 0, 0, 0))
        .shouldBe(Reason.OK);
    here(RUNS).with(traffic(0, 0.1, 45, 3, 45, 5, 0, 0, 0, 0, 0)).shouldBe(Reason.OK);
    here(RUNS).with(SILENT).probe(ProbeKind.SELECT_1, Finding.OK).shouldBe(Reason.OK);
  }

  @Test
  void shouldBeDownWhenItsProcessIsGone() {
    here(new LocalProcess(42, false, false, true, true, false, 9, 0, 4, 0, 0))
        .with(QUIET)
        .shouldBe(Reason.DOWN, "the server's process 42 ended 4.0 s ago");
  }

  @Test
  void shouldBeDownElsewhereWhenNothingListens() {
    probe(ProbeKind.CONNECT, Finding.NO_LISTENER).shouldBe(Reason.DOWN);
    probe(ProbeKind.CONNECT, Finding.UNREACHABLE).shouldBe(Reason.UNREACHABLE);
  }

  /** A firewall drops what comes on old connections, too; on its own host it is a full queue. */
  @Test
  void shouldTellAHostThatIsCutOffFromAServerThatHangs() {
    probe(ProbeKind.CONNECT, Finding.UNREACHABLE).probe(ProbeKind.SELECT_1, Finding.HANGS);
    shouldBe(Reason.UNREACHABLE);
    here(RUNS).shouldBe(Reason.STUCK);
  }

  @Test
  void shouldBeStartingUntilItListensAndGreets() {
    here(new LocalProcess(42, true, false, false, false, false, 5, 1, 0, 0, 0))
        .with(QUIET)
        .shouldBe(Reason.STARTING, "process 42 runs for 5.0 s");
    here(new LocalProcess(42, true, true, true, false, false, 5, 1, 0, 0, 0))
        .probe(ProbeKind.CONNECT, Finding.HANGS)
        .shouldBe(Reason.STARTING);
    here(new LocalProcess(42, true, true, true, false, false, 90, 1, 0, 0, 0))
        .shouldBe(Reason.STUCK);
  }

  @Test
  void shouldTellWhoIsRefused() {
    allOk();
    probe(ProbeKind.CONNECT, Finding.REFUSED, 0.001, 1040)
        .shouldBe(Reason.REFUSING, "a new connection is refused: said the server (1040)");
    probe(ProbeKind.CONNECT, Finding.DENIED, 0.001, 1045).with(BUSY).shouldBe(Reason.OK);
    checks.clear();
    probe(ProbeKind.CONNECT, Finding.DENIED, 0.001, 1045);
    traffic = Optional.empty();
    shouldBe(Reason.UNKNOWN, "a new connection tells nothing: said the server (1045)");
  }

  @Test
  void shouldHearWhatClientsAreTold() {
    here(RUNS).with(traffic(9, 3, 0, 0, 0, 9, 1, 8, 0, 0, 0)).shouldBe(Reason.REFUSING);
    with(traffic(9, 3, 0, 0, 0, 9, 8, 1, 0, 0, 0)).shouldBe(Reason.OK);
    with(traffic(9, 3, 0, 0, 0, 9, 1, 0, 2, 0, 0)).shouldBe(Reason.READ_ONLY);
    with(traffic(9, 3, 0, 0, 0, 9, 1, 0, 1, 0, 0)).shouldBe(Reason.OK);
    with(traffic(9, 3, 0, 0, 0, 9, 1, 0, 0, 2, 0)).shouldBe(Reason.CANNOT_WRITE);
    with(traffic(9, 3, 0, 0, 0, 9, 1, 0, 0, 0, 3)).shouldBe(Reason.SLOW_DISK, "3 fsyncs");
  }

  @Test
  void shouldTellWritesFromReads() {
    allOk().probe(ProbeKind.WRITE, Finding.HANGS).shouldBe(Reason.CANNOT_WRITE);
    probe(ProbeKind.WRITE, Finding.READ_ONLY).shouldBe(Reason.READ_ONLY);
    probe(ProbeKind.WRITE, Finding.DENIED, 0.001, 1142).shouldBe(Reason.OK, "(1142)");
    probe(ProbeKind.READ, Finding.FAILED, 0.001, 1194).shouldBe(Reason.CANNOT_READ);
  }

  @Test
  void shouldSayHowSlowTheDiskIs() {
    slow = Optional.of(new SlowIo("binlog", 0.7, 0));
    allOk().shouldBe(Reason.SLOW_DISK, "the server waited 700 ms for its binlog, more than 200 ms");
  }

  @Test
  void shouldBeStuckWhenNobodyIsLetIn() {
    LocalProcess queues = new LocalProcess(42, true, true, true, true, false, 900, 0, 0, 7, 3);
    here(queues).with(QUIET).shouldBe(Reason.STUCK, "7 connections were not accepted for 3.0 s");
    with(BUSY).shouldBe(Reason.OK);
  }

  @Test
  void shouldTellOfAnFsyncThatHangs() {
    FsyncInFlight call = new FsyncInFlight("10.0.0.7:3306", FileClass.BINLOG, 42, 43, 3.25);
    Traffic hangs = new Traffic(9, 3, 0, 4, 3, 9, 0, 0, 0, 0, 0, 0, Optional.of(call));
    here(RUNS)
        .with(hangs)
        .shouldBe(Reason.SLOW_DISK, "an fsync of the binlog files has not returned for 3.3 s");
    allOk()
        .probe(ProbeKind.WRITE, Finding.HANGS)
        .shouldBe(Reason.CANNOT_WRITE, "an fsync of the binlog files has not returned for 3.3 s");
  }

  @Test
  void shouldSayThatNothingIsKnown() {
    shouldBe(Reason.UNKNOWN, "the kernel counts nothing here, no probe is on");
  }

  @Test
  void shouldHaveALineForEachReason() {
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    DecisionTable.LINES.forEach(line -> reasons.add(line.reason()));
    assertThat(reasons).containsExactlyInAnyOrder(Reason.values());
  }
}
