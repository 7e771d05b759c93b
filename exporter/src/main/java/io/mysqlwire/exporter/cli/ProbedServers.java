package io.mysqlwire.exporter.cli;

import io.mysqlwire.bpf.ProbeOutcome;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.exporter.servers.Readability;
import io.mysqlwire.exporter.servers.ServerBinaries;
import io.mysqlwire.servers.FoundServer;
import io.mysqlwire.servers.ServerProcess;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Probes the servers that run, for the tap of this process. */
final class ProbedServers implements ServerBinaries {
  private final Map<ServerProcess, ProbeOutcome> told = new HashMap<>();
  private @Nullable WireTap tap;

  /** From now on, and at once those that run. */
  synchronized void readBy(WireTap opened) {
    tap = opened;
    ServerProcess.running().forEach(process -> appeared(process, Optional.empty()));
  }

  @Override
  public synchronized Readability appeared(ServerProcess process, Optional<FoundServer> found) {
    if (tap == null) {
      return Readability.unknown("nothing is attached yet");
    }
    ProbeOutcome outcome = tap.probe(process.binary());
    told.keySet().removeIf(one -> !one.lives());
    ProbeOutcome before = told.put(process, outcome);
    boolean changed = before == null || before.probed() != outcome.probed();
    // What is condemned the tap has told, once for the binary.
    if (changed && outcome.kind() != ProbeOutcome.Kind.CONDEMNED) {
      ProbeLog.tell(process.binary(), outcome);
    }
    return outcome.probed() ? Readability.READABLE : Readability.opaque(outcome.sentence());
  }

  @Override
  public synchronized void onlyThese(Collection<ServerProcess> running) {
    if (tap != null) {
      tap.keepOnly(running).forEach(ProbeLog::forgotten);
    }
  }
}
