package io.mysqlwire.exporter.cli;

import io.mysqlwire.bpf.TapConfig;
import io.mysqlwire.bpf.TapException;
import io.mysqlwire.exporter.Exporter;
import io.mysqlwire.exporter.web.ListenAddress;
import io.mysqlwire.exporter.web.ListenException;
import io.mysqlwire.exporter.web.WebAccess;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
      "Exit status: 0 after a signal, 1 when the host refuses, 2 for a wrong flag or file.",
      "",
      "Examples:",
      "  mysql-wire-exporter run --mysql.port=3306 --mysql.port=3307",
      "  mysql-wire-exporter run --backend.ipv4-prefix=24 --no-backend.user",
      "  MYSQL_WIRE_WEB_LISTEN_ADDRESS=127.0.0.1:10306 mysql-wire-exporter run"
    })
final class RunCommand implements Action {
  @Mixin private final TapFlags tapFlags = new TapFlags();
  @Mixin private final WebFlags webFlags = new WebFlags();
  @Mixin private final LogFlags logFlags = new LogFlags();

  @Override
  public int run(FlagChecks checks, PrintStream out) throws RefusedException {
    logFlags.apply(checks);
    List<ListenAddress> addresses = webFlags.addresses(checks);
    String telemetryPath = webFlags.telemetryPath(checks);
    Optional<WebAccess> access = webFlags.access(checks);
    Optional<Path> cgroupRoot = CgroupDirectory.findRoot();
    Optional<TapConfig> config =
        tapFlags.resolve(checks, cgroupRoot.orElse(CgroupDirectory.USUAL_ROOT));
    if (config.isEmpty()) {
      return ExitStatus.USAGE;
    }
    if (tapFlags.needsCgroupRoot() && cgroupRoot.isEmpty()) {
      throw new RefusedException(
          List.of(
              "no cgroup v2 hierarchy is mounted here (none in /proc/self/mountinfo), and commands"
                  + " are seen through it; mount it (mount -t cgroup2 none DIRECTORY), or in a"
                  + " container pass the host's in and name it with "
                  + TapFlags.CGROUP_PATH));
    }
    serve(config.get(), addresses, access, telemetryPath);
    return ExitStatus.OK;
  }

  private static void serve(
      TapConfig config,
      List<ListenAddress> addresses,
      Optional<WebAccess> access,
      String telemetryPath)
      throws RefusedException {
    try (Exporter exporter = Exporter.start(config, addresses, access, telemetryPath)) {
      closeOnSignal(exporter);
      exporter.join();
    } catch (ListenException e) {
      throw new RefusedException(e.problems());
    } catch (TapException e) {
      throw new RefusedException(List.of(String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody interrupts the main thread; end if they do
    }
  }

  /**
   * Ends the process with status 0 once all is detached.
   *
   * <p>A signal makes the JVM run its shutdown hooks and then exit with 128 + the signal's number,
   * which service managers read as a failure, though being asked to stop and stopping is none. Only
   * {@code halt} can end it otherwise; it skips the other hooks, of which we have none.
   */
  private static void closeOnSignal(Exporter exporter) {
    Thread hook =
        new Thread(
            () -> {
              exporter.close();
              Runtime.getRuntime().halt(ExitStatus.OK);
            },
            "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
  }
}
