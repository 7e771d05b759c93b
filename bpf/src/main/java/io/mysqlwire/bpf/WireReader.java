package io.mysqlwire.bpf;

import io.mysqlwire.servers.FoundServer;
import io.mysqlwire.servers.ListeningSocket;
import io.mysqlwire.servers.ServerProcess;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A source of snapshots: the programs of this process, or those that were pinned by another. */
public interface WireReader extends AutoCloseable {
  /** What is loaded. */
  TapDescription description();

  /** Which tap runs: {@link TapChoice#TRACING} or {@link TapChoice#CGROUP}. */
  default TapChoice tap() {
    return description().tap();
  }

  /** Why that one, in a few words, e.g. {@code requested} or {@code tracing refused: EPERM}. */
  default String reason() {
    return description().reason();
  }

  /**
   * Reads every map. Safe to call from any thread; readers take turns.
   *
   * @throws IllegalStateException when nothing counts any more; the message says why
   */
  WireSnapshot read();

  /**
   * A number that rises whenever a server has begun to run or to listen, or ceased to, or when
   * there is more for {@link #found}. Costs one system call or two.
   *
   * @throws IllegalStateException as {@link #read}
   */
  default long serverChanges() {
    return 0;
  }

  /**
   * Where servers listen, by number of their process, as the kernel has seen it; 0 for those whose
   * process is not known.
   *
   * @throws IllegalStateException as {@link #read}
   */
  default Map<Integer, List<ListeningSocket>> listeners() {
    return Map.of();
  }

  /**
   * Looks in /proc for listening sockets that the kernel programs could not see come, or go. Does
   * nothing for who may not change what is loaded.
   */
  default void findListeners() {}

  /** Binaries of servers that are probed, or were until they were condemned. */
  default List<ProbedBinary> probed() {
    return List.of();
  }

  /** What {@code load} has found of a server, for who may not look at it. */
  default Optional<FoundServer> found(ServerProcess process) {
    return Optional.empty();
  }

  /** What keeps it from counting, for people; empty while it counts. */
  Optional<String> problem();

  /** Why less is watched than may be meant, for people; empty when there is no such limit. */
  default Optional<String> limit() {
    return Optional.empty();
  }

  @Override
  void close();
}
