package io.mysqlwire.bpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The limit on locked memory (RLIMIT_MEMLOCK), which kernels before 5.11 count maps against and
 * answer with EPERM.
 */
final class LockedMemory {
  private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*");
  private static final Pattern SOFT_LIMIT = Pattern.compile("Max locked memory\\s+(\\d+)\\s.*");

  private LockedMemory() {}

  /** The limit of this process, in bytes; empty when there is none, or the kernel has its own. */
  static Optional<Long> limit() {
    try {
      return limit(
          Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip(),
          Files.readAllLines(Path.of("/proc/self/limits")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The same.
   *
   * @param release e.g. {@code 5.10.0-28-amd64}
   * @param limits lines of {@code /proc/PID/limits}: proc(5)
   */
  static Optional<Long> limit(String release, List<String> limits) {
    Matcher version = RELEASE.matcher(release);
    if (!version.matches()) {
      return Optional.empty();
    }
    int major = Integer.parseInt(version.group(1));
    if (major > 5 || (major == 5 && Integer.parseInt(version.group(2)) >= 11)) {
      return Optional.empty();
    }
    return limits.stream()
        .map(SOFT_LIMIT::matcher)
        .filter(Matcher::matches)
        .map(line -> Long.valueOf(line.group(1)))
        .findFirst();
  }
}
