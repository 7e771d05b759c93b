package io.mysqlwire.exporter.health;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The verdict on a server: the first line whose condition holds. To change what counts as trouble,
 * change a line; what its condition means stands in {@link Facts}, how it is said in {@link
 * Evidence}.
 *
 * <p>The order is from what makes all below it meaningless to what matters least: a server that is
 * down can't be read-only. Real clients come before probes: while they are answered, a probe that
 * is not has a trouble of its own, and only what it alone can see is believed, reading and writing.
 *
 * <p>A verdict changes once another has held for as long as its line says: nobody is woken for a
 * pause of a second, and a fault is said within 5 s all the same, of which a probe needs 3 at most
 * by default (interval 2 s, deadline 1 s).
 */
final class DecisionTable {
  /** A restart may take that long without anybody being told. */
  private static final Duration RESTART = Duration.ofSeconds(3);

  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final Duration AT_ONCE = Duration.ZERO;

  // spotless:off
  static final List<Line> LINES =
      List.of(
          //   reason               once it held  condition                    evidence
          line(Reason.STARTING,     AT_ONCE, Facts::isProcessStarting,    Evidence::starting),
          line(Reason.DOWN,         RESTART, Facts::isProcessGone,        Evidence::processGone),
          line(Reason.DOWN,         RESTART, Facts::listensNoMore,        Evidence::listensNoMore),
          line(Reason.DOWN,         RESTART, Facts::hasNoListener,        Evidence::hasNoListener),
          line(Reason.STUCK,        MOMENT,  Facts::isStopped,            Evidence::isStopped),
          line(Reason.STUCK,        MOMENT,  Facts::answersNothing,       Evidence::answersNothing),
          line(Reason.STUCK,        MOMENT,  Facts::clientsFellSilent,    Evidence::clientsFellSilent),
          line(Reason.STUCK,        MOMENT,  Facts::acceptsNobody,        Evidence::acceptsNobody),
          line(Reason.UNREACHABLE,  MOMENT,  Facts::isUnreachable,        Evidence::isUnreachable),
          line(Reason.REFUSING,     MOMENT,  Facts::refusesProbe,         Evidence::refusesProbe),
          line(Reason.REFUSING,     MOMENT,  Facts::refusesClients,       Evidence::refusesClients),
          line(Reason.EXHAUSTED,    MOMENT,  Facts::tablesHang,           Evidence::tablesHang),
          line(Reason.CANNOT_READ,  MOMENT,  Facts::cannotRead,           Evidence::cannotRead),
          line(Reason.READ_ONLY,    AT_ONCE, Facts::isReadOnly,           Evidence::isReadOnly),
          line(Reason.READ_ONLY,    MOMENT,  Facts::tellsClientsReadOnly, Evidence::tellsClientsReadOnly),
          line(Reason.CANNOT_WRITE, MOMENT,  Facts::cannotWrite,          Evidence::cannotWrite),
          line(Reason.CANNOT_WRITE, MOMENT,  Facts::tellsClientsNoSpace,  Evidence::tellsClientsNoSpace),
          line(Reason.SLOW_DISK,    AT_ONCE, Facts::hasHangingFsync,      Evidence::hasHangingFsync),
          line(Reason.SLOW_DISK,    AT_ONCE, Facts::hasSlowDisk,          Evidence::hasSlowDisk),
          line(Reason.SLOW_DISK,    AT_ONCE, Facts::hasSlowFsyncs,        Evidence::hasSlowFsyncs),
          line(Reason.OK,           MOMENT,  Facts::isKnown,              Evidence::ok),
          line(Reason.UNKNOWN,      RESTART, facts -> true,               Evidence::unknown));
  // spotless:on

  /**
   * A line of the table.
   *
   * @param heldFor how long it has to hold before it becomes the verdict
   */
  record Line(
      Reason reason,
      Duration heldFor,
      Predicate<Facts> condition,
      Function<Facts, String> evidence) {}

  private DecisionTable() {}

  private static Line line(
      Reason reason,
      Duration heldFor,
      Predicate<Facts> condition,
      Function<Facts, String> evidence) {
    return new Line(reason, heldFor, condition, evidence);
  }

  /** The line that holds; the last one always does. */
  static Line decide(Facts facts) {
    return LINES.stream().filter(line -> line.condition().test(facts)).findFirst().orElseThrow();
  }
}
