package io.mysqlwire.exporter.health;

import io.mysqlwire.exporter.health.probe.ProbeSettings;
import java.time.Duration;
import java.util.List;

/** Settings for tests. */
public final class Settings {
  /** As by default: nothing is probed. */
  public static final HealthSettings NO_PROBES =
      new HealthSettings(
          List.of(),
          new ProbeSettings(
              Duration.ofSeconds(2),
              Duration.ofSeconds(1),
              "mysql.health_check",
              Duration.ofMillis(200),
              false),
          503);

  private Settings() {}
}
