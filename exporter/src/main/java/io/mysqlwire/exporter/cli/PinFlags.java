package io.mysqlwire.exporter.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the kernel programs and their maps are pinned. */
final class PinFlags {
  private static final String PIN_PATH = "--bpf.pin-path";

  @Option(
      names = PIN_PATH,
      paramLabel = "DIRECTORY",
      defaultValue = "/run/mysql-wire-exporter/bpf",
      description = {
        "where programs and maps are pinned; load mounts a BPF file",
        "system there, unless the directory is in one"
      })
  private Path path = Path.of("");

  /** The directory; of no use when {@code checks} found problems. */
  Path resolve(FlagChecks checks) {
    String quoted = FlagChecks.quoted(path.toString());
    if (!path.isAbsolute() || path.getNameCount() < 1) {
      checks.refuse(
          PIN_PATH, quoted + " is not an absolute path", "give one, e.g. /sys/fs/bpf/mysql-wire");
    }
    return path.normalize();
  }
}
