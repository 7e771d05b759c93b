package io.mysqlwire.exporter.cli;

import io.mysqlwire.exporter.servers.ServerBinaries;
import io.mysqlwire.exporter.service.ServeConfig;
import picocli.CommandLine.Mixin;

/** Flags of the commands that serve. */
final class ServeFlags {
  @Mixin private final BackendFlags backendFlags = new BackendFlags();
  @Mixin private final WebFlags webFlags = new WebFlags();

  /**
   * What the flags ask for; of no use when {@code checks} found problems.
   *
   * @param binaries who makes encrypted connections of servers readable
   */
  ServeConfig resolve(FlagChecks checks, ServerBinaries binaries) {
    return new ServeConfig(
        webFlags.addresses(checks),
        webFlags.access(checks),
        webFlags.telemetryPath(checks),
        backendFlags.names(checks),
        backendFlags.idleTimeout(checks),
        binaries);
  }
}
