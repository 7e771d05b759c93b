package io.mysqlwire.exporter.cli;

import io.mysqlwire.bpf.TapConfig;
import io.mysqlwire.bpf.TapException;
import io.mysqlwire.bpf.WatchedCgroup;
import io.mysqlwire.bpf.WireReader;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.exporter.service.ServeConfig;
import java.io.PrintStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Attaches and serves in one process, until a signal. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    header = "Watch and serve in one process, until SIGTERM or SIGINT; detaches all on exit.",
    customSynopsis = "mysql-wire-exporter run [flags]",
    footer = {
      "",
      "A flag on the command line wins over its environment variable. Repeatable flags",
      "take several values separated by commas, too.",
      "",
      "Exit status: 0 after a signal, 1 when the host refuses, 2 for a wrong flag or file,",
      "3 out of memory, 4 when it had to end without closing everything, 5 s after the signal.",
      "",
      "Examples:",
      "  mysql-wire-exporter run --mysql.port=3306 --mysql.port=3307",
      "  mysql-wire-exporter run --backend.ipv4-prefix=24 --no-backend.user",
      "  MYSQL_WIRE_WEB_LISTEN_ADDRESS=127.0.0.1:10306 mysql-wire-exporter run"
    })
final class RunCommand implements Action {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  @Mixin private final TapFlags tapFlags = new TapFlags();
  @Mixin private final ServeFlags serveFlags = new ServeFlags();
  @Mixin private final LogFlags logFlags = new LogFlags();

  @Override
  public int run(FlagChecks checks, PrintStream out) throws RefusedException {
    logFlags.apply(checks);
    ProbedServers servers = new ProbedServers();
    ServeConfig serving = serveFlags.resolve(checks, servers);
    Optional<TapConfig> config = tapFlags.resolve(checks);
    if (config.isEmpty()) {
      return ExitStatus.USAGE;
    }
    tapFlags.requireCgroup();
    TapConfig wanted = config.get();
    WatchedCgroup.limit(wanted.cgroup()).ifPresent(LOG::warn);
    Serving.untilSignal(() -> attach(wanted, servers), serving);
    return ExitStatus.OK;
  }

  private static WireReader attach(TapConfig config, ProbedServers servers) throws TapException {
    WireTap tap = WireTap.attach(config, new CgroupLog(), ProbeLog::condemned);
    LOG.atInfo()
        .setMessage("attached")
        .addKeyValue("tap", tap.tap().label())
        .addKeyValue("reason", tap.reason())
        .addKeyValue("ports", config.ports())
        .addKeyValue("cgroup", config.cgroup())
        .log();
    servers.readBy(tap);
    return tap;
  }
}
