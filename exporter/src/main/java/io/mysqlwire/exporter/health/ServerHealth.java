package io.mysqlwire.exporter.health;

import io.mysqlwire.exporter.health.probe.Check;
import io.mysqlwire.exporter.health.probe.IoWait;
import java.util.List;
import java.util.Set;

/**
 * One server at one moment.
 *
 * @param server its name, as {@code server} of the metrics
 * @param aliases other addresses and sockets that it is reached by
 * @param verdict on it
 * @param checks how its probes stand; empty without probes
 * @param ioWaits the longest waits for its disks, of those that it measures
 * @param changes the verdicts before, youngest first, this one included
 */
public record ServerHealth(
    String server,
    Set<String> aliases,
    Verdict verdict,
    List<Check> checks,
    List<IoWait> ioWaits,
    List<Verdict> changes) {
  public ServerHealth {
    aliases = Set.copyOf(aliases);
    checks = List.copyOf(checks);
    ioWaits = List.copyOf(ioWaits);
    changes = List.copyOf(changes);
  }

  /** Whether somebody who asks for this name means this server. */
  public boolean isCalled(String name) {
    return server.equals(name) || aliases.contains(name);
  }

  /** Whether it listens on every address, and so may be reached by that of this name. */
  public boolean mayBeCalled(String name) {
    String port = name.substring(name.lastIndexOf(':') + 1);
    return aliases.contains("0.0.0.0:" + port) || aliases.contains("[::]:" + port);
  }
}
