package io.mysqlwire.exporter.health;

import io.mysqlwire.exporter.health.Facts.LocalProcess;
import io.mysqlwire.exporter.health.probe.Check;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import io.mysqlwire.exporter.health.probe.SlowIo;
import io.mysqlwire.exporter.health.traffic.Traffic;
import java.util.Locale;

/** What speaks for a verdict, in one sentence with numbers. */
final class Evidence {
  private Evidence() {}

  static String starting(Facts facts) {
    return new Clauses(facts)
        .process("%s %d runs for %s and does not answer yet")
        .probe(ProbeKind.CONNECT)
        .toString();
  }

  static String processGone(Facts facts) {
    double ended = facts.process().map(LocalProcess::endedSeconds).orElse(0.0);
    String what = "the server's process %d ended " + Words.seconds(ended) + " ago";
    return new Clauses(facts).add(String.format(Locale.ROOT, what, pid(facts))).probes().toString();
  }

  static String listensNoMore(Facts facts) {
    return new Clauses(facts)
        .add("the server's process " + pid(facts) + " runs and listens nowhere")
        .probe(ProbeKind.CONNECT)
        .toString();
  }

  static String hasNoListener(Facts facts) {
    return new Clauses(facts).probe(ProbeKind.CONNECT).traffic().toString();
  }

  static String isStopped(Facts facts) {
    return new Clauses(facts)
        .add("the server's process " + pid(facts) + " is stopped by a signal")
        .probe(ProbeKind.SELECT_1)
        .traffic()
        .toString();
  }

  static String answersNothing(Facts facts) {
    return new Clauses(facts)
        .queue()
        .probe(ProbeKind.CONNECT)
        .probe(ProbeKind.SELECT_1)
        .traffic()
        .toString();
  }

  static String clientsFellSilent(Facts facts) {
    Clauses evidence = new Clauses(facts).traffic();
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

  static String acceptsNobody(Facts facts) {
    return new Clauses(facts).queue().probe(ProbeKind.CONNECT).traffic().withoutProbes().toString();
  }

  static String isUnreachable(Facts facts) {
    return new Clauses(facts).probe(ProbeKind.CONNECT).traffic().toString();
  }

  static String refusesProbe(Facts facts) {
    return new Clauses(facts)
        .probe(ProbeKind.CONNECT)
        .probe(ProbeKind.SELECT_1)
        .traffic()
        .toString();
  }

  static String refusesClients(Facts facts) {
    Clauses evidence = new Clauses(facts);
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
    return new Clauses(facts).probe(ProbeKind.SELECT_1).probe(ProbeKind.READ).traffic().toString();
  }

  static String cannotRead(Facts facts) {
    return tablesHang(facts);
  }

  static String isReadOnly(Facts facts) {
    return new Clauses(facts)
        .add(facts.check(ProbeKind.WRITE).map(Check::message).orElse(""))
        .probe(ProbeKind.READ)
        .toString();
  }

  static String tellsClientsReadOnly(Facts facts) {
    return new Clauses(facts)
        .add(
            facts.traffic().map(Traffic::readOnlyClients).orElse(0L)
                + " clients were told that the server is read-only (1290, 1836)")
        .withoutProbes()
        .toString();
  }

  static String cannotWrite(Facts facts) {
    return new Clauses(facts)
        .probe(ProbeKind.READ)
        .probe(ProbeKind.WRITE)
        .fsync()
        .traffic()
        .toString();
  }

  static String tellsClientsNoSpace(Facts facts) {
    return new Clauses(facts)
        .add(
            facts.traffic().map(Traffic::noSpaceClients).orElse(0L)
                + " clients were told that the disk or a table is full")
        .withoutProbes()
        .toString();
  }

  static String hasSlowDisk(Facts facts) {
    Clauses evidence = new Clauses(facts).probe(ProbeKind.WRITE);
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

  static String hasHangingFsync(Facts facts) {
    return new Clauses(facts).probe(ProbeKind.WRITE).fsync().traffic().toString();
  }

  static String hasSlowFsyncs(Facts facts) {
    return new Clauses(facts)
        .probe(ProbeKind.WRITE)
        .add(
            facts.traffic().map(Traffic::slowFsyncs).orElse(0L)
                + " fsyncs took longer than "
                + Words.seconds(facts.ioThreshold())
                + " in the last seconds")
        .toString();
  }

  static String ok(Facts facts) {
    Clauses evidence = new Clauses(facts).probes();
    if (evidence.isEmpty()) {
      evidence.probe(ProbeKind.CONNECT);
    }
    return evidence.traffic().withoutProbes().toString();
  }

  static String unknown(Facts facts) {
    Clauses evidence = new Clauses(facts).probes();
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
}
