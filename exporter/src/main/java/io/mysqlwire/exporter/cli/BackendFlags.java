package io.mysqlwire.exporter.cli;

import io.mysqlwire.exporter.input.GoDuration;
import io.mysqlwire.exporter.names.FileNames;
import io.mysqlwire.exporter.names.NameSource;
import io.mysqlwire.exporter.names.NamesFileException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How backends are shown: their names, and for how long. */
final class BackendFlags {
  private static final String NAMES = "--backend.names";
  private static final String IDLE_TIMEOUT = "--backend.idle-timeout";
  private static final String FILE = "file=";

  @Option(
      names = NAMES,
      paramLabel = "SOURCE",
      defaultValue = "none",
      description = {
        "names of backends, for mysql_wire_backend_info: none, dns",
        "(reverse lookups), file=PATH (ADDRESS NAME on each line)"
      })
  private String names = "";

  @Option(
      names = IDLE_TIMEOUT,
      paramLabel = "TIME",
      defaultValue = "1h",
      description = {
        "leave out series of a backend with no connection and no",
        "response for that long; 0 never does. Its counters go on"
      })
  private String idleTimeout = "";

  NameSource names(FlagChecks checks) {
    if (names.startsWith(FILE)) {
      return file(checks, names.substring(FILE.length()));
    }
    switch (names) {
      case "dns" -> {
        return NameSource.DNS;
      }
      case "none" -> {
        return NameSource.NONE;
      }
      default -> {
        checks.refuse(
            NAMES, FlagChecks.quoted(names) + " is not known", "give one of none, dns, file=PATH");
        return NameSource.NONE;
      }
    }
  }

  private static NameSource file(FlagChecks checks, String path) {
    try {
      return FileNames.read(Path.of(path));
    } catch (NamesFileException e) {
      e.problems().forEach(problem -> checks.refuse(NAMES, problem.what(), problem.remedy()));
    } catch (InvalidPathException e) {
      checks.refuse(NAMES, FlagChecks.quoted(path) + " is not a path", "give that of a file");
    }
    return NameSource.NONE;
  }

  /** Zero for never. */
  Duration idleTimeout(FlagChecks checks) {
    Optional<Duration> time = GoDuration.parse(idleTimeout).filter(value -> !value.isNegative());
    if (time.isEmpty()) {
      checks.refuse(
          IDLE_TIMEOUT,
          FlagChecks.quoted(idleTimeout) + " is not a time",
          "give e.g. 1h, 30m, 90s, or 0 for never");
    }
    return time.orElse(Duration.ZERO);
  }
}
