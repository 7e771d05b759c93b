package io.mysqlwire.exporter.cli;

import io.mysqlwire.bpf.PinnedPrograms;
import io.mysqlwire.bpf.TapException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Undoes {@code load}. */
@Command(
    name = "unload",
    mixinStandardHelpOptions = true,
    header = "Detach and unpin what `load` has loaded, of whatever version; counters are gone.",
    customSynopsis = "mysql-wire-exporter unload [flags]",
    footer = {
      "",
      "Exit status: 0 when nothing is loaded any more, also if nothing was, 1 when the",
      "host refuses, 2 for a wrong flag."
    })
final class UnloadCommand implements Action {
  private static final Logger LOG = LoggerFactory.getLogger(UnloadCommand.class);

  @Mixin private final PinFlags pinFlags = new PinFlags();
  @Mixin private final LogFlags logFlags = new LogFlags();

  @Override
  public int run(FlagChecks checks, PrintStream out) throws RefusedException {
    logFlags.apply(checks);
    Path path = pinFlags.resolve(checks);
    if (!checks.problems().isEmpty()) {
      return ExitStatus.USAGE;
    }
    try {
      List<String> removed = new PinnedPrograms(path).unload();
      LOG.atInfo()
          .setMessage(removed.isEmpty() ? "nothing was loaded" : "unloaded")
          .addKeyValue("pins", path)
          .log();
    } catch (TapException e) {
      throw new RefusedException(e);
    }
    return ExitStatus.OK;
  }
}
