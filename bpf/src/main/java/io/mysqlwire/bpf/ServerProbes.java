package io.mysqlwire.bpf;

import io.mysqlwire.bpf.ProbeOutcome.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** Figures of each binary in {@link Native#probed}. */
  private static final int FIGURES = 5;

  private final long handle;

  ServerProbes(long handle) {
    this.handle = handle;
  }

  /** Probes a binary by any path to it, as {@code /proc/PID/exe}. */
  ProbeOutcome probe(Path binary) {
    Optional<String> forbidden = ProbeRefusal.reason();
    if (forbidden.isPresent()) {
      return new ProbeOutcome(Kind.REFUSED, forbidden.get());
    }
    int index = Native.probe(handle, binary.toString());
    return index >= 0 ? new ProbeOutcome(Kind.ATTACHED, "") : outcomeOf(binary, -index);
  }

  /**
   * Why encrypted connections of a binary's processes could not be read, with nothing probed; empty
   * when they could.
   */
  static Optional<String> obstacle(Path binary) {
    int error = Native.findFunctions(binary.toString());
    return error == 0 ? ProbeRefusal.reason() : Optional.of(outcome(binary, -error).sentence());
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
    Object inode;
    try {
      inode = Files.getAttribute(binary, "unix:ino");
    } catch (IOException e) {
      inode = 0L; // it ended meanwhile
    }
    for (ProbedBinary probed : probed()) {
      if (probed.condemned() && inode.equals(probed.inode())) {
        return new ProbeOutcome(
            Kind.CONDEMNED,
            binary
                + " is probed no more: what its functions were called with did not fit what it sent");
      }
    }
    return new ProbeOutcome(Kind.ALREADY_ATTACHED, "");
  }

  private static ProbeOutcome refused(Path binary, String why) {
    return new ProbeOutcome(Kind.REFUSED, "can't probe " + binary + ": " + why);
  }

  /** Takes the probes off a binary. Its encrypted connections are opaque from then on. */
  void unprobe(ProbedBinary binary) {
    long[] figures = figures();
    for (int index = 0; index < figures.length / FIGURES; index++) {
      if (figures[index * FIGURES] == binary.device()
          && figures[index * FIGURES + 1] == binary.inode()) {
        Native.unprobe(handle, index);
      }
    }
  }

  /** Those that are probed, and those that were until they were found out. */
  List<ProbedBinary> probed() {
    long[] figures = figures();
    List<ProbedBinary> probed = new ArrayList<>();
    for (int at = 0; at < figures.length; at += FIGURES) {
      if (figures[at + 1] != 0) {
        probed.add(
            new ProbedBinary(
                figures[at],
                figures[at + 1],
                figures[at + 2],
                figures[at + 3],
                figures[at + 4] != 0));
      }
    }
    return probed;
  }

  private long[] figures() {
    long[] figures = new long[MapLayout.MAX_BINARIES.get() * FIGURES];
    int error = Native.probed(handle, figures);
    return error < 0 ? new long[0] : figures;
  }
}
