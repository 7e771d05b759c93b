package io.mysqlwire.exporter.cli;

import io.mysqlwire.exporter.service.ServeConfig;
import picocli.CommandLine.Mixin;

/** Flags of the commands that serve. */
final class ServeFlags {
  @Mixin private final BackendFlags backendFlags = new BackendFlags();
  @Mixin private final WebFlags webFlags = new WebFlags();

  /** What the flags ask for; of no use when {@code checks} found problems. */
  ServeConfig resolve(FlagChecks checks) {
    return new ServeConfig(
        webFlags.addresses(checks),
        webFlags.access(checks),
        webFlags.telemetryPath(checks),
        backendFlags.names(checks),
        backendFlags.idleTimeout(checks));
  }
}
