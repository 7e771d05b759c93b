package io.mysqlwire.bpf;

import io.mysqlwire.bpf.KernelFault.Stops;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether probes on a server's own functions may be attached at all. */
public final class ProbeRefusal {
  /** An operator's veto: while this file is there, no start attaches a probe. */
  public static final Path SWITCH = Path.of("/etc/mysql-wire-exporter/no-probes");

  private ProbeRefusal() {}

  /**
   * Why none may be attached on this host, in one sentence; empty when they may.
   *
   * @param acceptFaults of the kernel; the veto holds all the same
   */
  static Optional<String> reason(boolean acceptFaults) {
    return reason(SWITCH, KernelVersion.ofThisHost(), acceptFaults);
  }

  static Optional<String> reason(Path veto, Optional<KernelVersion> kernel, boolean acceptFaults) {
    if (isThere(veto)) {
      return Optional.of(veto + " is there, which forbids probes");
    }
    return acceptFaults ? Optional.empty() : KernelFaults.forbidding(Stops.PROBES, kernel);
  }

  /** One that can't be looked at counts as there: in doubt nothing is attached. */
  private static boolean isThere(Path veto) {
    return !Files.notExists(veto);
  }

  /** Its line of {@code check}. */
  static HostFact fact(boolean acceptFaults) {
    return fact(SWITCH, KernelVersion.ofThisHost(), acceptFaults);
  }

  static HostFact fact(Path veto, Optional<KernelVersion> kernel, boolean acceptFaults) {
    Optional<String> reason = reason(veto, kernel, acceptFaults);
    Optional<String> fault = KernelFaults.forbidding(Stops.PROBES, kernel);
    if (reason.isPresent()) {
      String remedy =
          isThere(veto)
              ? "encrypted connections count as opaque until it is removed"
              : "encrypted connections count as opaque until that has changed; where you know that"
                  + " the kernel has the fix, say so with --kernel.accept-faults";
      return new HostFact("probes", HostFact.Status.LIMIT, reason.get(), remedy);
    }
    return fault
        .map(text -> new HostFact("probes", HostFact.Status.INFO, "accepted: " + text, ""))
        .orElse(new HostFact("probes", HostFact.Status.OK, "no known fault of the kernel", ""));
  }
}
