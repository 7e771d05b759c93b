package io.mysqlwire.exporter.health;

import io.mysqlwire.exporter.health.probe.ProbeSettings;
import io.mysqlwire.exporter.health.targets.ProbeTarget;
import java.util.List;

/**
 * How health is judged and told.
 *
 * @param targets servers to probe; none is probed when it is empty
 * @param probes how
 * @param unknownStatus HTTP status of what can't be judged
 */
public record HealthSettings(List<ProbeTarget> targets, ProbeSettings probes, int unknownStatus) {
  public HealthSettings {
    targets = List.copyOf(targets);
  }
}
