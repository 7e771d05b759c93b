package io.mysqlwire.exporter.health;

import io.mysqlwire.exporter.health.Facts.LocalProcess;
import io.mysqlwire.exporter.health.probe.Check;
import io.mysqlwire.exporter.health.probe.Finding;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import io.mysqlwire.exporter.health.probe.SlowIo;
import io.mysqlwire.exporter.health.traffic.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What speaks for a verdict, in one sentence with numbers: a clause for each fact. */
final class Evidence {
  private final Facts facts;
  private final List<String> clauses = new ArrayList<>();

  private Evidence(Facts facts) {
    this.facts = facts;
  }

  static String starting(Facts facts) {
    return new Evidence(facts)
        .process("%s %d runs for %s and does not answer yet")
        .probe(ProbeKind.CONNECT)
        .toString();
  }

  static String processGone(Facts facts) {
    double ended = facts.process().map(LocalProcess::endedSeconds).orElse(0.0);
    String what = "the server's process %d ended " + Words.seconds(ended) + " ago";
    return new Evidence(facts)
        .add(String.format(Locale.ROOT, what, pid(facts)))
        .probes()
        .toString();
  }

  static String listensNoMore(Facts facts) {
    return new Evidence(facts)
        .add("the server's process " + pid(facts) + " runs and listens nowhere")
        .probe(ProbeKind.CONNECT)
        .toString();
  }

  static String hasNoListener(Facts facts) {
    return new Evidence(facts).probe(ProbeKind.CONNECT).traffic().toString();
  }

  static String isStopped(Facts facts) {
    return new Evidence(facts)
        .add("the server's process " + pid(facts) + " is stopped by a signal")
        .probe(ProbeKind.SELECT_1)
        .traffic()
        .toString();
  }

  static String answersNothing(Facts facts) {
    return new Evidence(facts)
        .probe(ProbeKind.CONNECT)
        .probe(ProbeKind.SELECT_1)
        .traffic()
        .toString();
  }

  static String clientsFellSilent(Facts facts) {
    Evidence evidence = new Evidence(facts).traffic();
    facts
        .traffic()
        .ifPresent(
            now -> evidence.add(Words.rate(now.perSecond()) + " a second were answered before"));
    facts
        .process()
        .ifPresent(
            one ->
                evidence.add(
                    String.format(Locale.ROOT, "mysqld uses %.0f %% of a CPU", 100 * one.cpu())));
    return evidence.withoutProbes().toString();
  }

  static String isUnreachable(Facts facts) {
    return new Evidence(facts).probe(ProbeKind.CONNECT).traffic().toString();
  }

  static String refusesProbe(Facts facts) {
    return new Evidence(facts)
        .probe(ProbeKind.CONNECT)
        .probe(ProbeKind.SELECT_1)
        .traffic()
        .toString();
  }

  static String refusesClients(Facts facts) {
    Evidence evidence = new Evidence(facts);
    facts
        .traffic()
        .ifPresent(
            now ->
                evidence.add(
                    now.refused()
                        + " logins were refused in the last seconds, "
                        + now.logins()
                        + " accepted"));
    return evidence.traffic().withoutProbes().toString();
  }

  static String tablesHang(Facts facts) {
    return new Evidence(facts).probe(ProbeKind.SELECT_1).probe(ProbeKind.READ).traffic().toString();
  }

  static String cannotRead(Facts facts) {
    return tablesHang(facts);
  }

  static String isReadOnly(Facts facts) {
    return new Evidence(facts)
        .add(facts.check(ProbeKind.WRITE).map(Check::message).orElse(""))
        .probe(ProbeKind.READ)
        .toString();
  }

  static String tellsClientsReadOnly(Facts facts) {
    return new Evidence(facts)
        .add(
            facts.traffic().map(Traffic::readOnlyClients).orElse(0L)
                + " clients were told that the server is read-only (1290, 1836)")
        .withoutProbes()
        .toString();
  }

  static String cannotWrite(Facts facts) {
    return new Evidence(facts).probe(ProbeKind.READ).probe(ProbeKind.WRITE).traffic().toString();
  }

  static String tellsClientsNoSpace(Facts facts) {
    return new Evidence(facts)
        .add(
            facts.traffic().map(Traffic::noSpaceClients).orElse(0L)
                + " clients were told that the disk or a table is full")
        .withoutProbes()
        .toString();
  }

  static String hasSlowDisk(Facts facts) {
    Evidence evidence = new Evidence(facts).probe(ProbeKind.WRITE);
    facts.slowIo().ifPresent(slow -> evidence.add(waited(slow, facts.ioThreshold())));
    return evidence.toString();
  }

  private static String waited(SlowIo slow, double threshold) {
    return "the server waited "
        + Words.seconds(slow.seconds())
        + " for its "
        + slow.event()
        + ", more than "
        + Words.seconds(threshold);
  }

  static String hasSlowFsyncs(Facts facts) {
    return new Evidence(facts)
        .probe(ProbeKind.WRITE)
        .add(
            facts.traffic().map(Traffic::slowFsyncs).orElse(0L)
                + " fsyncs took longer than "
                + Words.seconds(facts.ioThreshold())
                + " in the last seconds")
        .toString();
  }

  static String ok(Facts facts) {
    Evidence evidence = new Evidence(facts).probes();
    if (evidence.clauses.isEmpty()) {
      evidence.probe(ProbeKind.CONNECT);
    }
    return evidence.traffic().withoutProbes().toString();
  }

  static String unknown(Facts facts) {
    Evidence evidence = new Evidence(facts).probes();
    if (facts.traffic().isEmpty()) {
      evidence.add("the kernel counts nothing here");
    } else {
      evidence.traffic();
    }
    return evidence.withoutProbes().toString();
  }

  private static int pid(Facts facts) {
    return facts.process().map(LocalProcess::pid).orElse(0);
  }

  private Evidence add(String clause) {
    if (!clause.isEmpty()) {
      clauses.add(clause);
    }
    return this;
  }

  private Evidence process(String format) {
    facts
        .process()
        .ifPresent(
            one ->
                add(
                    String.format(
                        Locale.ROOT,
                        format,
                        "process",
                        one.pid(),
                        Words.seconds(one.ageSeconds()))));
    return this;
  }

  private Evidence probe(ProbeKind kind) {
    facts.check(kind).map(Words::check).ifPresent(this::add);
    return this;
  }

  /** Those that answer first, then those that do not; nothing of what was not asked. */
  private Evidence probes() {
    for (ProbeKind kind : ProbeKind.values()) {
      facts
          .check(kind)
          .filter(check -> check.finding() != Finding.PENDING)
          .filter(check -> kind != ProbeKind.CONNECT || !check.isOk())
          .map(Words::check)
          .ifPresent(this::add);
    }
    return this;
  }

  private Evidence traffic() {
    Optional<Traffic> now = facts.traffic().filter(Traffic::wasSeen);
    if (now.isPresent()) {
      add(Words.waiting(now.get()));
      add(Words.answered(now.get()));
    } else if (facts.traffic().isPresent()) {
      add("no client was seen");
    }
    return this;
  }

  private Evidence withoutProbes() {
    return facts.checks().isEmpty() ? add("no probe is on") : this;
  }

  @Override
  public String toString() {
    return String.join(", ", clauses);
  }
}
