package io.mysqlwire.bpf;

import io.mysqlwire.bpf.HostFact.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where {@code load} can pin; {@code run} has no need of it. */
final class BpfFileSystem {
  private BpfFileSystem() {}

  /** What {@code check} says of it. */
  static HostFact fact() {
    String subject = "BPF file system";
    try {
      Optional<Mount> mounted =
          Mount.all().stream().filter(mount -> mount.type().equals("bpf")).findFirst();
      if (mounted.isPresent()) {
        return new HostFact(subject, Status.OK, mounted.get().place().toString(), "");
      }
      List<String> known = Files.readAllLines(Path.of("/proc/filesystems"));
      if (known.stream().noneMatch(line -> line.endsWith("\tbpf"))) {
        return new HostFact(
            subject, Status.INFO, "none in this kernel", "'load' can't pin anything: use 'run'");
      }
      return Capabilities.maySysAdmin()
          ? new HostFact(subject, Status.INFO, "not mounted; 'load' mounts one", "")
          : new HostFact(
              subject,
              Status.INFO,
              "not mounted, and mounting one for 'load' needs CAP_SYS_ADMIN",
              "run 'load' as root, or mount one and name it with --bpf.pin-path");
    } catch (IOException e) {
      return new HostFact(subject, Status.INFO, "unknown: " + e.getMessage(), "");
    }
  }
}
