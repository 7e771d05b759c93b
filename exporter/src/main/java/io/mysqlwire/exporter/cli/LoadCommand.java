package io.mysqlwire.exporter.cli;

import io.mysqlwire.bpf.PinnedPrograms;
import io.mysqlwire.bpf.ProbeOutcome;
import io.mysqlwire.bpf.TapConfig;
import io.mysqlwire.bpf.TapException;
import io.mysqlwire.bpf.WatchedCgroup;
import io.mysqlwire.servers.FoundServer;
import io.mysqlwire.servers.RunningServer;
import io.mysqlwire.servers.ServerProcess;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Loads, attaches and pins, for {@code serve} to read, and ends. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    header = "Load, attach and pin the kernel programs for `serve`, and end; they go on counting.",
    customSynopsis = "mysql-wire-exporter load [flags]",
    footer = {
      "",
      "Where they are loaded already, the programs of this version take their place and",
      "the counters go on. Ports, prefixes and --backend.user can be changed that way; for",
      "the other flags, unload first.",
      "",
      "Exit status: 0 when all is pinned, 1 when the host refuses, 2 for a wrong flag.",
      "",
      "Examples:",
      "  mysql-wire-exporter load --mysql.port=3306 --mysql.port=3307",
      "  mysql-wire-exporter load --bpf.pin-group=mysql-wire-exporter"
    })
final class LoadCommand implements Action {
  private static final Logger LOG = LoggerFactory.getLogger(LoadCommand.class);

  @Mixin private final TapFlags tapFlags = new TapFlags();
  @Mixin private final PinFlags pinFlags = new PinFlags();
  @Mixin private final LogFlags logFlags = new LogFlags();

  @Option(
      names = "--bpf.pin-group",
      paramLabel = "GROUP",
      description = {
        "group whose members may read the pinned maps, e.g. that of the",
        "user of serve (default: every user of this host may)"
      })
  private @Nullable String group;

  @Override
  public int run(FlagChecks checks, PrintStream out) throws RefusedException {
    logFlags.apply(checks);
    Path path = pinFlags.resolve(checks);
    Optional<TapConfig> config = tapFlags.resolve(checks);
    if (config.isEmpty()) {
      return ExitStatus.USAGE;
    }
    tapFlags.requireCgroup();
    WatchedCgroup.limit(config.get().cgroup()).ifPresent(LOG::warn);
    try {
      PinnedPrograms pinned = new PinnedPrograms(path);
      report(pinned.load(config.get(), group), config.get(), path);
      pinned.tell(probe(pinned, config.get()), group);
    } catch (TapException e) {
      throw new RefusedException(e);
    }
    return ExitStatus.OK;
  }

  /** Has the servers that run probed; what was found of each. */
  private static Map<ServerProcess, FoundServer> probe(PinnedPrograms pinned, TapConfig config)
      throws TapException {
    List<ServerProcess> running = ServerProcess.running();
    Map<ServerProcess, ProbeOutcome> outcomes = pinned.probe(running, config);
    outcomes.forEach((process, outcome) -> ProbeLog.tell(process.binary(), outcome));
    Map<ServerProcess, FoundServer> found = new LinkedHashMap<>();
    for (ServerProcess process : running) {
      String obstacle =
          Optional.ofNullable(outcomes.get(process))
              .map(ProbeOutcome::sentence)
              .orElse("encrypted connections are not read (--no-tls, or the tap)");
      found.put(process, FoundServer.of(RunningServer.look(process, List.of()), obstacle));
    }
    return found;
  }

  private static void report(PinnedPrograms.Loaded loaded, TapConfig config, Path path) {
    for (String removed : loaded.removed()) {
      LOG.atWarn()
          .setMessage("unloaded what had another layout; its counters are gone")
          .addKeyValue("layout", removed)
          .log();
    }
    LOG.atInfo()
        .setMessage(loaded.replaced() ? "loaded; the counters go on" : "loaded")
        .addKeyValue("tap", loaded.description().tap().label())
        .addKeyValue("reason", loaded.description().reason())
        .addKeyValue("ports", config.ports())
        .addKeyValue("cgroup", config.cgroup())
        .addKeyValue("pins", path)
        .log();
  }
}
