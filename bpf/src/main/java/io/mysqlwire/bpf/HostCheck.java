package io.mysqlwire.bpf;

import io.mysqlwire.bpf.HostFact.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what this host allows, by looking and by trying: programs are attached for a moment,
 * and nothing stays.
 */
public final class HostCheck {
  private static final Path BTF = Path.of("/sys/kernel/btf/vmlinux");
  private static final Path LOCKDOWN = Path.of("/sys/kernel/security/lockdown");

  private HostCheck() {}

  /** Looks at everything that {@code config} would need. */
  public static HostReport run(TapConfig config) {
    List<HostFact> facts = new ArrayList<>();
    facts.add(new HostFact("kernel", Status.INFO, read(Path.of("/proc/sys/kernel/osrelease")), ""));
    facts.add(capabilities());
    facts.add(cgroup(config.cgroup()));
    facts.add(btf());
    facts.add(
        new HostFact("lockdown", Status.INFO, readOr(LOCKDOWN, "not visible (securityfs)"), ""));
    facts.add(ProbeRefusal.fact(config.acceptFaults()));
    facts.add(MapMemory.fact(config));
    facts.add(BpfFileSystem.fact());
    facts.addAll(ListeningServer.facts(config));
    KernelRefusal tracing = trial(config, TapChoice.TRACING);
    KernelRefusal cgroup = trial(config, TapChoice.CGROUP);
    facts.add(trialFact(TapChoice.TRACING, tracing));
    facts.add(trialFact(TapChoice.CGROUP, cgroup));
    return verdict(config.tap(), facts, tracing, cgroup);
  }

  private static HostReport verdict(
      TapChoice wanted,
      List<HostFact> facts,
      @Nullable KernelRefusal tracing,
      @Nullable KernelRefusal cgroup) {
    if (facts.stream().anyMatch(fact -> fact.status() == Status.FAIL)) {
      return new HostReport(facts, null, "see the lines marked fail");
    }
    if (wanted != TapChoice.CGROUP && tracing == null) {
      return new HostReport(
          facts, TapChoice.TRACING, wanted == TapChoice.TRACING ? "requested" : "preferred");
    }
    if (wanted == TapChoice.TRACING && tracing != null) {
      return new HostReport(facts, null, "--tap=tracing: " + tracing.reason());
    }
    if (cgroup != null) {
      return new HostReport(facts, null, "no tap can be used: " + cgroup.reason());
    }
    return new HostReport(
        facts,
        TapChoice.CGROUP,
        tracing == null || wanted == TapChoice.CGROUP
            ? "requested"
            : "tracing refused: " + tracing.reason());
  }

  private static HostFact capabilities() {
    List<String> missing = Capabilities.missing();
    return missing.isEmpty()
        ? new HostFact("capabilities", Status.OK, "CAP_BPF, CAP_PERFMON, CAP_NET_ADMIN", "")
        : new HostFact(
            "capabilities",
            Status.FAIL,
            "missing " + String.join(", ", missing),
            "run as root or with these capabilities");
  }

  private static HostFact cgroup(Path path) {
    Optional<String> limit = WatchedCgroup.limit(path);
    if (limit.isPresent()) {
      return new HostFact(
          "cgroup v2",
          Status.LIMIT,
          limit.get(),
          "run in the host's cgroup namespace, or mount the host's hierarchy and name it with"
              + " --cgroup.path");
    }
    return Files.exists(path.resolve("cgroup.controllers"))
        ? new HostFact("cgroup v2", Status.OK, path.toString(), "")
        : new HostFact(
            "cgroup v2",
            Status.FAIL,
            path + " is not in a cgroup v2 hierarchy",
            "mount one ('mount -t cgroup2 none DIRECTORY') and name it with --cgroup.path");
  }

  private static HostFact btf() {
    return Files.exists(BTF)
        ? new HostFact("kernel BTF", Status.OK, BTF.toString(), "")
        : new HostFact(
            "kernel BTF",
            Status.LIMIT,
            "none",
            "the programs need a kernel with CONFIG_DEBUG_INFO_BTF");
  }

  /** Does what {@code run} would do, and undoes it; null when the kernel allows it. */
  private static @Nullable KernelRefusal trial(TapConfig config, TapChoice tap) {
    try {
      KernelPrograms.trial(config, tap);
      return null;
    } catch (KernelRefusal e) {
      return e;
    }
  }

  private static HostFact trialFact(TapChoice tap, @Nullable KernelRefusal refusal) {
    String subject = tap.label() + " tap";
    if (refusal == null) {
      return new HostFact(subject, Status.OK, "the kernel loads and attaches it", "");
    }
    return new HostFact(subject, Status.LIMIT, refusal.reason(), refusal.remedy());
  }

  private static String readOr(Path file, String otherwise) {
    return Files.isReadable(file) ? read(file) : otherwise;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "unknown: " + e.getMessage();
    }
  }

  /**
   * Why encrypted connections of a server's processes could not be read by the tracing tap; empty
   * when they could. Nothing is probed.
   *
   * @param binary any path to it, as {@code /proc/PID/exe}
   * @param acceptFaults of the kernel
   */
  public static Optional<String> tlsObstacle(Path binary, boolean acceptFaults) {
    return ServerProbes.obstacle(binary, acceptFaults);
  }
}
