package io.mysqlwire.exporter.cli;

import io.mysqlwire.exporter.logging.LogFormat;
import io.mysqlwire.exporter.logging.LogOutput;
import java.util.List;
import org.slf4j.event.Level;
import picocli.CommandLine.Option;

/** What is logged and how; always to standard error. */
final class LogFlags {
  private static final List<Level> LEVELS =
      List.of(Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR);

  @Option(
      names = "--log.level",
      paramLabel = "LEVEL",
      defaultValue = "info",
      description = "least level that is logged: debug, info, warn, error")
  private String level = "";

  @Option(
      names = "--log.format",
      paramLabel = "FORMAT",
      defaultValue = "logfmt",
      description = "logfmt or json")
  private String format = "";

  /** Applies the flags to the process, unless they are wrong. */
  void apply(FlagChecks checks) {
    int before = checks.problems().size();
    Level chosenLevel = checks.oneOf("--log.level", level, LEVELS);
    LogFormat chosenFormat = checks.oneOf("--log.format", format, List.of(LogFormat.values()));
    if (checks.problems().size() == before) {
      LogOutput.configure(chosenLevel, chosenFormat);
    }
  }
}
