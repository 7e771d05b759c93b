package io.mysqlwire.exporter.names;

import java.util.Optional;

/** The names of backends, as far as they are known right now. */
@FunctionalInterface
public interface BackendNames {
  /** No backend has a name. */
  BackendNames NONE = backend -> Optional.empty();

  /**
   * The name of a backend. Never waits for one: what is not known yet is empty, and known to a
   * later call.
   *
   * @param backend as in the label: an address, a network without its length, or {@code other}
   */
  Optional<String> of(String backend);
}
