package io.mysqlwire.exactness;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.Command;
import io.mysqlwire.bpf.ErrorCount;
import io.mysqlwire.bpf.LostReason;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.testing.Tally;
import java.util.stream.LongStream;

/** A snapshot of the kernel's maps, named like the counts of the {@link Witness}. */
@SuppressWarnings("EnumOrdinal") // BackendCounters is defined by it
public final class KernelCounts {
  private KernelCounts() {}

  public static Tally byBackend(WireSnapshot snapshot) {
    Tally tally = new Tally();
    for (BackendCounters counters : snapshot.backends()) {
      String who = who(counters.backend());
      tally.add(who + "connections opened", counters.connectionsOpened());
      tally.add(who + "bytes", counters.bytes());
      tally.add(who + "rows", counters.rows());
      tally.add(who + "command answered", LongStream.of(counters.latencyBuckets()).sum());
      for (Command command : Command.values()) {
        tally.add(who + "command " + command.label(), counters.commands()[command.ordinal()]);
      }
      for (ResponseType type : ResponseType.values()) {
        tally.add(who + Witness.response(type, 0), counters.responses()[type.ordinal()]);
      }
    }
    for (ErrorCount error : snapshot.errors()) {
      tally.add(who(error.backend()) + Witness.response(error.type(), error.code()), error.count());
    }
    return tally;
  }

  /** What has to be 0 once all connections are closed and nothing went wrong. */
  public static Tally leftovers(WireSnapshot snapshot) {
    Tally tally = new Tally();
    for (BackendCounters counters : snapshot.backends()) {
      tally.add(who(counters.backend()) + "connections", counters.connections());
      tally.add(who(counters.backend()) + "in flight", counters.commandsInFlight());
    }
    snapshot.lost().entrySet().stream()
        .filter(lost -> lost.getKey() != LostReason.FSYNC_GAP) // not of the wire: FsyncIT
        .forEach(lost -> tally.add("lost " + lost.getKey().label(), lost.getValue()));
    snapshot
        .opaque()
        .forEach(
            opaque -> {
              String what = opaque.server() + " opaque " + opaque.reason().label();
              tally.add(what + " connections", opaque.connections());
              tally.add(what + " unclassified", opaque.unclassified());
            });
    return tally;
  }

  private static String who(io.mysqlwire.bpf.Backend backend) {
    return Witness.name(backend.server(), backend.backend(), backend.user());
  }
}
