package io.mysqlwire.exporter.health;

import io.mysqlwire.exporter.health.probe.Check;
import io.mysqlwire.exporter.health.probe.Finding;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import io.mysqlwire.exporter.health.probe.SlowIo;
import io.mysqlwire.exporter.health.traffic.Traffic;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of a server at one moment; what the conditions of the {@link DecisionTable}
 * mean.
 *
 * @param process of this host that it is; empty for a server elsewhere
 * @param traffic what real clients see; empty while nothing counts it
 * @param checks what its probes say; empty without probes
 * @param slowIo what it measured of its own disks, while that is news
 * @param ioThreshold waits above it are slow, in seconds
 */
record Facts(
    Optional<LocalProcess> process,
    Optional<Traffic> traffic,
    List<Check> checks,
    Optional<SlowIo> slowIo,
    double ioThreshold) {

  /** Real clients that had no answer for so long are not being answered. */
  private static final double SILENT_SECONDS = 2;

  /** The same where no probe can tell a silence from a long query. */
  private static final double LONG_SILENCE_SECONDS = 2.5;

  /** A server that answers so seldom may be silent for a while. */
  private static final double BUSY_PER_SECOND = 2;

  /** So many wait, and not one long query. */
  private static final int SEVERAL = 3;

  /** A server that uses more of a CPU is at work, on long queries maybe. */
  private static final double IDLE_CPU = 0.2;

  /** Crash recovery can take long, but somebody should look then. */
  private static final double STARTING_SECONDS = 600;

  /** Between listening and greeting. */
  private static final double GREETING_SECONDS = 60;

  /** Several clients of which each is told the same: not the trouble of one. */
  private static final int SEVERAL_CLIENTS = 2;

  /**
   * A process of this host.
   *
   * @param pid its number
   * @param runs whether it does
   * @param listens whether it takes connections
   * @param hasListened whether it ever did
   * @param hasAnswered whether anybody was ever answered by it, as far as was seen
   * @param stopped whether all its threads are, by a signal
   * @param ageSeconds since it began
   * @param cpu how much of a CPU it used of late; 1 for all of one
   * @param endedSeconds since it was seen to be gone
   * @param queued connections that it has not accepted yet
   * @param queuedSeconds for how long there have been some
   */
  record LocalProcess(
      int pid,
      boolean runs,
      boolean listens,
      boolean hasListened,
      boolean hasAnswered,
      boolean stopped,
      double ageSeconds,
      double cpu,
      double endedSeconds,
      int queued,
      double queuedSeconds) {}

  Optional<Check> check(ProbeKind kind) {
    return checks.stream().filter(check -> check.kind() == kind).findFirst();
  }

  boolean found(ProbeKind kind, Finding... findings) {
    return check(kind).filter(check -> List.of(findings).contains(check.finding())).isPresent();
  }

  boolean isTooLate(ProbeKind kind) {
    return check(kind).filter(check -> check.finding().isTooLate()).isPresent();
  }

  private boolean isOk(ProbeKind kind) {
    return found(kind, Finding.OK);
  }

  /** Real clients get answers right now: a probe that does not has a trouble of its own. */
  boolean clientsAreAnswered() {
    return traffic.filter(now -> now.silentSeconds() < SILENT_SECONDS).isPresent();
  }

  boolean isProcessStarting() {
    return process
        .filter(one -> one.runs() && !one.stopped())
        .filter(
            one ->
                (!one.hasListened() && one.ageSeconds() < STARTING_SECONDS)
                    || (!one.hasAnswered()
                        && one.ageSeconds() < GREETING_SECONDS
                        && found(ProbeKind.CONNECT, Finding.NO_LISTENER, Finding.HANGS)))
        .isPresent();
  }

  boolean isProcessGone() {
    return process.filter(one -> !one.runs()).isPresent();
  }

  boolean listensNoMore() {
    return process.filter(one -> one.runs() && !one.listens()).isPresent();
  }

  boolean hasNoListener() {
    return found(ProbeKind.CONNECT, Finding.NO_LISTENER) && !clientsAreAnswered();
  }

  boolean isStopped() {
    return process.filter(one -> one.runs() && one.stopped()).isPresent();
  }

  boolean answersNothing() {
    return (isTooLate(ProbeKind.SELECT_1) || isTooLate(ProbeKind.CONNECT))
        && !isCutOff()
        && !clientsAreAnswered();
  }

  /**
   * Nothing comes from a host elsewhere, on connections that were there as little as on new ones.
   * To a server of this host nobody gets through when its queue is full.
   */
  private boolean isCutOff() {
    return found(ProbeKind.CONNECT, Finding.UNREACHABLE) && process.isEmpty();
  }

  /** Without a probe that knows better: several wait, nobody is answered, and it does nothing. */
  boolean clientsFellSilent() {
    return !isOk(ProbeKind.SELECT_1)
        && process.map(one -> one.cpu() < IDLE_CPU).orElse(true)
        && traffic
            .filter(
                now ->
                    now.waiting() >= SEVERAL
                        && now.perSecond() >= BUSY_PER_SECOND
                        && now.silentSeconds() >= LONG_SILENCE_SECONDS)
            .isPresent();
  }

  /** Nobody is answered, and those who come are not even let in. */
  boolean acceptsNobody() {
    return process.filter(one -> one.queuedSeconds() >= LONG_SILENCE_SECONDS).isPresent()
        && !isOk(ProbeKind.CONNECT)
        && !clientsAreAnswered();
  }

  boolean isUnreachable() {
    return found(ProbeKind.CONNECT, Finding.UNREACHABLE) && !clientsAreAnswered();
  }

  boolean refusesProbe() {
    return found(ProbeKind.CONNECT, Finding.REFUSED)
        || (found(ProbeKind.CONNECT, Finding.LOST) && !clientsAreAnswered());
  }

  /** Of those who come, more are sent away than let in. */
  boolean refusesClients() {
    return traffic.filter(now -> now.refused() > 0 && now.refused() > now.logins()).isPresent()
        && !isOk(ProbeKind.CONNECT);
  }

  boolean tablesHang() {
    return isOk(ProbeKind.SELECT_1)
        && isTooLate(ProbeKind.READ)
        && (traffic.filter(Traffic::isWaitedFor).isPresent()
            || (!clientsAreAnswered() && !isOk(ProbeKind.WRITE)));
  }

  boolean cannotRead() {
    return isOk(ProbeKind.SELECT_1)
        && (isTooLate(ProbeKind.READ) || found(ProbeKind.READ, Finding.FAILED, Finding.LOST));
  }

  boolean isReadOnly() {
    return found(ProbeKind.WRITE, Finding.READ_ONLY);
  }

  boolean tellsClientsReadOnly() {
    return traffic.filter(now -> now.readOnlyClients() >= SEVERAL_CLIENTS).isPresent()
        && !isOk(ProbeKind.WRITE);
  }

  boolean cannotWrite() {
    return isTooLate(ProbeKind.WRITE) || found(ProbeKind.WRITE, Finding.FAILED, Finding.LOST);
  }

  boolean tellsClientsNoSpace() {
    return traffic.filter(now -> now.noSpaceClients() >= SEVERAL_CLIENTS).isPresent()
        && !isOk(ProbeKind.WRITE);
  }

  boolean hasSlowDisk() {
    return slowIo.isPresent();
  }

  boolean hasHangingFsync() {
    return traffic.flatMap(Traffic::fsync).isPresent();
  }

  boolean hasSlowFsyncs() {
    return traffic.filter(now -> now.slowFsyncs() > 0).isPresent();
  }

  /** Something says that it works: a probe, its clients, or that nothing is wrong with it here. */
  boolean isKnown() {
    return isOk(ProbeKind.SELECT_1)
        || isOk(ProbeKind.CONNECT)
        || clientsAreAnswered()
        || (process.filter(LocalProcess::listens).isPresent() && traffic.isPresent());
  }
}
