package io.mysqlwire.exporter.cli;

import io.mysqlwire.exporter.health.HealthSettings;
import io.mysqlwire.exporter.health.probe.ProbeSettings;
import io.mysqlwire.exporter.health.targets.ProbeTarget;
import io.mysqlwire.exporter.health.targets.TargetFile;
import io.mysqlwire.exporter.health.targets.TargetFileException;
import io.mysqlwire.exporter.input.GoDuration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How health is probed and told. */
final class HealthFlags {
  private static final String DSN_FILE = "--probe.dsn-file";
  private static final String INTERVAL = "--probe.interval";
  private static final String TIMEOUT = "--probe.timeout";
  private static final String TABLE = "--probe.table";
  private static final String IO_THRESHOLD = "--probe.io-threshold";
  private static final String UNKNOWN_STATUS = "--health.unknown-status";
  private static final Duration LONGEST = Duration.ofHours(1);

  @Option(
      names = DSN_FILE,
      paramLabel = "FILE",
      description = {
        "servers to probe, in my.cnf format: a group [client] or",
        "[client.NAME] for each (default: none is probed)"
      })
  private @Nullable Path dsnFile;

  @Option(
      names = INTERVAL,
      paramLabel = "TIME",
      defaultValue = "2s",
      description = "between two attempts of a probe")
  private String interval = "";

  @Option(
      names = TIMEOUT,
      paramLabel = "TIME",
      defaultValue = "1s",
      description = "deadline of an attempt")
  private String timeout = "";

  @Option(
      names = TABLE,
      paramLabel = "SCHEMA.TABLE",
      defaultValue = "mysql.health_check",
      description = "table that the probes read and write")
  private String table = "";

  @Option(
      names = IO_THRESHOLD,
      paramLabel = "TIME",
      defaultValue = "200ms",
      description = "a server's waits for redo log and binlog above it are abnormal")
  private String ioThreshold = "";

  @Option(
      names = "--probe.statistics-reset",
      negatable = true,
      defaultValue = "false",
      fallbackValue = "true",
      description = {
        "reset the server's file_summary_by_event_name after an anomaly,",
        "for all its readers"
      })
  private boolean statisticsReset;

  @Option(
      names = UNKNOWN_STATUS,
      paramLabel = "STATUS",
      defaultValue = "503",
      description = "HTTP status of /health while nothing can be said")
  private String unknownStatus = "";

  /** What the flags ask for; of no use when {@code checks} found problems. */
  HealthSettings resolve(FlagChecks checks) {
    if (!table.matches("[\\w$]+\\.[\\w$]+")) {
      checks.refuse(
          TABLE,
          FlagChecks.quoted(table) + " is not a table",
          "give SCHEMA.TABLE of letters, digits, _ and $");
    }
    ProbeSettings probes =
        new ProbeSettings(
            time(checks, INTERVAL, interval),
            time(checks, TIMEOUT, timeout),
            table,
            time(checks, IO_THRESHOLD, ioThreshold),
            statisticsReset);
    return new HealthSettings(
        targets(checks), probes, checks.integer(UNKNOWN_STATUS, unknownStatus, 200, 599));
  }

  private List<ProbeTarget> targets(FlagChecks checks) {
    if (dsnFile == null || dsnFile.toString().isEmpty()) {
      return List.of();
    }
    try {
      return TargetFile.read(dsnFile);
    } catch (TargetFileException e) {
      e.problems().forEach(problem -> checks.refuse(DSN_FILE, problem));
      return List.of();
    }
  }

  private static Duration time(FlagChecks checks, String flag, String text) {
    Optional<Duration> time =
        GoDuration.parse(text)
            .filter(value -> value.toMillis() > 0 && value.compareTo(LONGEST) <= 0);
    if (time.isEmpty()) {
      checks.refuse(
          flag, FlagChecks.quoted(text) + " is not a time from 1ms to 1h", "give e.g. 2s or 200ms");
    }
    return time.orElse(Duration.ofSeconds(1));
  }
}
