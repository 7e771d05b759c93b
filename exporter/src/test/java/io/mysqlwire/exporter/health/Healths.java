package io.mysqlwire.exporter.health;

import io.mysqlwire.exporter.health.probe.Check;
import io.mysqlwire.exporter.health.probe.Finding;
import io.mysqlwire.exporter.health.probe.IoWait;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Verdicts made by hand, shared by tests. */
public final class Healths {
  private static final Instant SINCE = Instant.parse("2026-03-01T12:34:56.500Z");

  private Healths() {}

  /** One with slots exhausted, and one of which nothing is known. */
  public static List<ServerHealth> sample() {
    Verdict exhausted =
        new Verdict(Reason.EXHAUSTED, SINCE, "SELECT 1 answers in 0.3 ms, 214 commands wait");
    Verdict unknown = new Verdict(Reason.UNKNOWN, SINCE, "nothing is <known> yet");
    return List.of(
        new ServerHealth(
            "10.0.0.7:3306",
            Set.of(),
            exhausted,
            List.of(
                new Check(ProbeKind.SELECT_1, Finding.OK, 0.25, 1, 0, ""),
                new Check(ProbeKind.READ, Finding.HANGS, 1.5, 0, 0, "no answer yet"),
                new Check(ProbeKind.WRITE, Finding.PENDING, 0, 0, 0, "not asked yet")),
            List.of(new IoWait("redo", 0.5)),
            List.of(exhausted, unknown)),
        new ServerHealth(
            "10.0.0.8:3306", Set.of(), unknown, List.of(), List.of(), List.of(unknown)));
  }
}
