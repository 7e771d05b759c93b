package io.mysqlwire.exporter.cli;

import io.mysqlwire.bpf.PinnedTap;
import io.mysqlwire.bpf.TapException;
import io.mysqlwire.bpf.WireReader;
import io.mysqlwire.exporter.servers.LoadRequest;
import io.mysqlwire.exporter.servers.ServerBinaries;
import io.mysqlwire.exporter.service.ServeConfig;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Serves what {@code load} has pinned, until a signal. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    header =
        "Serve what `load` has pinned, until SIGTERM or SIGINT; changes nothing in the kernel.",
    customSynopsis = "mysql-wire-exporter serve [flags]",
    footer = {
      "",
      "Needs no privilege from kernel 5.19 on, and CAP_BPF before. Counting goes on while it",
      "is stopped, restarted or upgraded.",
      "",
      "Exit status: 0 after a signal, 1 when the host refuses, 2 for a wrong flag or file,",
      "3 out of memory, 4 when it had to end without closing everything, 5 s after the signal.",
      "",
      "Examples:",
      "  mysql-wire-exporter serve",
      "  mysql-wire-exporter serve --web.listen-address=10.0.0.7:10306"
    })
final class ServeCommand implements Action {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  @Mixin private final PinFlags pinFlags = new PinFlags();
  @Mixin private final ServeFlags serveFlags = new ServeFlags();
  @Mixin private final LogFlags logFlags = new LogFlags();

  @Override
  public int run(FlagChecks checks, PrintStream out) throws RefusedException {
    logFlags.apply(checks);
    Path path = pinFlags.resolve(checks);
    ServeConfig serving = serveFlags.resolve(checks, newServers());
    if (!checks.problems().isEmpty()) {
      return ExitStatus.USAGE;
    }
    Serving.untilSignal(() -> open(path), serving);
    return ExitStatus.OK;
  }

  /** Asks through the directory that systemd makes for the service, see systemd.exec(5). */
  private static ServerBinaries newServers() {
    return LoadRequest.in(Objects.requireNonNullElse(System.getenv("RUNTIME_DIRECTORY"), ""));
  }

  private static WireReader open(Path path) throws TapException {
    PinnedTap tap = PinnedTap.open(path);
    LOG.atInfo()
        .setMessage("opened")
        .addKeyValue("tap", tap.tap().label())
        .addKeyValue("reason", tap.reason())
        .addKeyValue("pins", path)
        .log();
    return tap;
  }
}
