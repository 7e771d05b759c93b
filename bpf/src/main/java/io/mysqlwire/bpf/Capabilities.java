package io.mysqlwire.bpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Effective capabilities of this process, as far as they matter here. */
final class Capabilities {
  /** Bits of include/uapi/linux/capability.h. */
  private static final Map<String, Integer> NEEDED = new LinkedHashMap<>();

  private static final int CAP_SYS_ADMIN = 21;

  static {
    NEEDED.put("CAP_BPF", 39);
    NEEDED.put("CAP_PERFMON", 38);
    NEEDED.put("CAP_NET_ADMIN", 12);
  }

  private Capabilities() {}

  static boolean sufficient() {
    return missing().isEmpty();
  }

  /** Whether this process may mount. */
  static boolean maySysAdmin() {
    return has(effective(), CAP_SYS_ADMIN);
  }

  /** Names of those that are missing; CAP_SYS_ADMIN stands for CAP_BPF and CAP_PERFMON. */
  static List<String> missing() {
    long effective = effective();
    List<String> missing = new ArrayList<>();
    NEEDED.forEach(
        (name, bit) -> {
          boolean admin = bit > CAP_SYS_ADMIN && has(effective, CAP_SYS_ADMIN);
          if (!admin && !has(effective, bit)) {
            missing.add(name);
          }
        });
    return missing;
  }

  private static boolean has(long effective, int bit) {
    return (effective >>> bit & 1) != 0;
  }

  private static long effective() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("CapEff:")) {
          return Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16);
        }
      }
    } catch (IOException e) {
      // Without /proc nothing is known: then the kernel's own answer has to do.
    }
    return 0;
  }
}
