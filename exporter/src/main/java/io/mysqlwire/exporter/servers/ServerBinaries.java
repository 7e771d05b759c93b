package io.mysqlwire.exporter.servers;

import io.mysqlwire.servers.ServerProcess;

/** Who makes encrypted connections readable: told of each server as soon as it runs. */
@FunctionalInterface
public interface ServerBinaries {
  /** Nobody does. */
  ServerBinaries UNREADABLE = process -> Readability.opaque("nothing is watched here");

  /**
   * A server runs: {@link ServerProcess#binary}, in whatever mount namespace, may be one that is
   * known already. Called again with every look at the servers.
   */
  Readability appeared(ServerProcess process);
}
