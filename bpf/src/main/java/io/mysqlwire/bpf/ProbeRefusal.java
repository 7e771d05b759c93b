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

  /** Why none may be attached on this host, in one sentence; empty when they may. */
  public static Optional<String> reason() {
    return reason(SWITCH, KernelVersion.ofThisHost());
  }

  static Optional<String> reason(Path veto, Optional<KernelVersion> kernel) {
    return isThere(veto)
        ? Optional.of(veto + " is there, which forbids probes")
        : KernelFaults.forbidding(Stops.PROBES, kernel);
  }

  /** One that can't be looked at counts as there: in doubt nothing is attached. */
  private static boolean isThere(Path veto) {
    return !Files.notExists(veto);
  }

  /** Its line of {@code check}. */
  static HostFact fact() {
    return reason()
        .map(
            reason ->
                new HostFact(
                    "probes",
                    HostFact.Status.LIMIT,
                    reason,
                    "encrypted connections count as opaque until that has changed"))
        .orElse(new HostFact("probes", HostFact.Status.OK, "no known fault of the kernel", ""));
  }
}
