package io.mysqlwire.exporter.cli;

import io.mysqlwire.bpf.HostCheck;
import io.mysqlwire.bpf.HostFact;
import io.mysqlwire.bpf.HostReport;
import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.TapConfig;
import io.mysqlwire.exporter.servers.Readability;
import io.mysqlwire.exporter.servers.WatchedServer;
import io.mysqlwire.servers.RunningServer;
import io.mysqlwire.servers.ServerProcess;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what this host allows and which tap would be used. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    header = "Say what this host allows, which tap would be used and why, and list the servers.",
    customSynopsis = "mysql-wire-exporter check [flags]",
    footer = {
      "",
      "Programs are loaded and attached as run does it, and detached at once. Each server is",
      "asked for its greeting, once.",
      "",
      "Exit status: 0 when a tap can be used, 1 when none can, 2 for a wrong flag.",
      "",
      "Examples:",
      "  mysql-wire-exporter check",
      "  mysql-wire-exporter check --tap=tracing     can this host be traced?"
    })
final class CheckCommand implements Action {
  @Mixin private final TapFlags tapFlags = new TapFlags();
  @Mixin private final LogFlags logFlags = new LogFlags();

  @Override
  public int run(FlagChecks checks, PrintStream out) {
    logFlags.apply(checks);
    // Without a cgroup v2 hierarchy the report says so.
    Optional<TapConfig> config = tapFlags.resolve(checks);
    if (config.isEmpty()) {
      return ExitStatus.USAGE;
    }
    HostReport report = HostCheck.run(config.get());
    print(report, out);
    ServerTable.print(servers(report, config.get()), out);
    return report.tap() != null ? ExitStatus.OK : ExitStatus.REFUSED;
  }

  private static List<WatchedServer> servers(HostReport report, TapConfig config) {
    return ServerProcess.running().stream()
        .map(process -> RunningServer.look(process, List.of()).greeted())
        .map(server -> new WatchedServer(server, readability(report, config, server.process())))
        .toList();
  }

  private static Readability readability(
      HostReport report, TapConfig config, ServerProcess process) {
    if (!config.tls()) {
      return Readability.opaque("--no-tls");
    }
    if (report.tap() != TapChoice.TRACING) {
      return Readability.opaque("it takes the tracing tap");
    }
    return HostCheck.tlsObstacle(process.binary(), config.acceptFaults())
        .map(Readability::opaque)
        .orElse(Readability.READABLE);
  }

  static void print(HostReport report, PrintStream out) {
    int width = report.facts().stream().mapToInt(fact -> fact.subject().length()).max().orElse(0);
    String row = "%-5s  %-" + Math.max(width, 1) + "s  %s%n";
    for (HostFact fact : report.facts()) {
      String status = fact.status().name().toLowerCase(Locale.ROOT);
      out.printf(row, status, fact.subject(), fact.found());
      if (!fact.remedy().isEmpty()) {
        out.printf(row, "", "", "-> " + fact.remedy());
      }
    }
    String tap = report.tap() != null ? report.tap().label() : "none";
    out.println("tap: " + tap + " (" + report.reason() + ")");
  }
}
