package io.mysqlwire.exporter.servers;

import io.mysqlwire.bpf.ProbedBinary;
import io.mysqlwire.servers.FoundServer;
import io.mysqlwire.servers.ServerProcess;
import java.util.Collection;
import java.util.Optional;

/** Who makes encrypted connections readable: told of each server as soon as it runs. */
@FunctionalInterface
public interface ServerBinaries {
  /** Nobody does. */
  ServerBinaries UNREADABLE = (process, found) -> Readability.opaque("nothing is watched here");

  /**
   * A server runs: {@link ServerProcess#binary}, in whatever mount namespace, may be one that is
   * known already. Called again with every look at the servers.
   *
   * @param found what {@code load} has found of it
   */
  Readability appeared(ServerProcess process, Optional<FoundServer> found);

  /** Some time after a server has ended: these still run, and nobody runs the others' binaries. */
  default void onlyThese(Collection<ServerProcess> running) {}

  /** A binary is not believed any more; called once. */
  default void condemned(ProbedBinary binary) {}
}
