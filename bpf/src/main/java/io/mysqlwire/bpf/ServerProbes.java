package io.mysqlwire.bpf;

import io.mysqlwire.bpf.ProbeOutcome.Kind;
import io.mysqlwire.servers.Executable;
import io.mysqlwire.servers.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Probes on the functions of servers' binaries, of one loading of the programs: of a tap of this
 * process, or pinned.
 */
final class ServerProbes {
  private static final int ENOENT = 2;
  private static final int ENOEXEC = 8;
  private static final int ENOSPC = 28;
  private static final int EALREADY = 114;

  private final long handle;
  private final boolean acceptFaults;

  ServerProbes(long handle, boolean acceptFaults) {
    this.handle = handle;
    this.acceptFaults = acceptFaults;
  }

  /** Probes a binary by any path to it, as {@code /proc/PID/exe}. */
  ProbeOutcome probe(Path binary) {
    Optional<String> forbidden = ProbeRefusal.reason(acceptFaults);
    if (forbidden.isPresent()) {
      return new ProbeOutcome(Kind.REFUSED, forbidden.get());
    }
    int index = Native.probe(handle, binary.toString());
    if (index == -ENOSPC) {
      keepOnly(ServerProcess.running());
      index = Native.probe(handle, binary.toString());
    }
    return index >= 0 ? new ProbeOutcome(Kind.ATTACHED, "") : outcomeOf(binary, -index);
  }

  /**
   * Why encrypted connections of a binary's processes could not be read, with nothing probed; empty
   * when they could.
   */
  static Optional<String> obstacle(Path binary, boolean acceptFaults) {
    int error = Native.findFunctions(binary.toString());
    return error == 0
        ? ProbeRefusal.reason(acceptFaults)
        : Optional.of(outcome(binary, -error).sentence());
  }

  private ProbeOutcome outcomeOf(Path binary, int error) {
    return error == EALREADY ? already(binary) : outcome(binary, error);
  }

  private static ProbeOutcome outcome(Path binary, int error) {
    return switch (error) {
      case ENOENT, ENOEXEC ->
          new ProbeOutcome(
              Kind.NO_SYMBOLS,
              binary + " has not the functions by which encrypted connections are read");
      case ENOSPC -> refused(binary, "as many binaries are probed as there is room for");
      default -> refused(binary, Native.errorText(error));
    };
  }

  /** Probed, unless it was found out. */
  private ProbeOutcome already(Path binary) {
    Optional<Executable> file = Executable.at(binary); // empty: it ended meanwhile
    boolean condemned =
        file.isPresent()
            && probed().stream().anyMatch(one -> one.condemned() && one.is(file.get()));
    return condemned
        ? new ProbeOutcome(
            Kind.CONDEMNED,
            binary
                + " is probed no more: what its functions were called with did not fit what it sent")
        : new ProbeOutcome(Kind.ALREADY_ATTACHED, "");
  }

  private static ProbeOutcome refused(Path binary, String why) {
    return new ProbeOutcome(Kind.REFUSED, "can't probe " + binary + ": " + why);
  }

  /** Takes the probes off a binary. Its encrypted connections are opaque from then on. */
  void unprobe(ProbedBinary binary) {
    List<ProbedBinary> elements = elements();
    for (int index = 0; index < elements.size(); index++) {
      if (elements.get(index).isOf(binary.device(), binary.inode())) {
        Native.unprobe(handle, index);
      }
    }
  }

  /**
   * Takes the probes off binaries that none of these processes runs, and forgets them: a probe
   * keeps the file and its file system from going, also when it was replaced. Does nothing when a
   * process can't be looked at.
   *
   * @return those that were forgotten
   */
  List<ProbedBinary> keepOnly(Collection<ServerProcess> running) {
    List<Executable> used = new ArrayList<>();
    for (ServerProcess process : running) {
      Optional<Executable> file = Executable.of(process);
      if (file.isEmpty() && process.lives()) {
        return List.of();
      }
      file.ifPresent(used::add);
    }
    List<ProbedBinary> forgotten = new ArrayList<>();
    List<ProbedBinary> elements = elements();
    for (int index = 0; index < elements.size(); index++) {
      ProbedBinary binary = elements.get(index);
      if (!binary.isNone() && used.stream().noneMatch(binary::is)) {
        Native.forget(handle, index);
        forgotten.add(binary);
      }
    }
    return forgotten;
  }

  /** Those that are probed, and those that were until they were found out. */
  List<ProbedBinary> probed() {
    return elements().stream().filter(binary -> !binary.isNone()).toList();
  }

  /** By index; none where an element is free. */
  private List<ProbedBinary> elements() {
    long[] figures = new long[MapLayout.MAX_BINARIES.get() * ProbedBinary.FIGURES];
    return Native.probed(handle, figures) < 0 ? List.of() : ProbedBinary.parse(figures);
  }
}
