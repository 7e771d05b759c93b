package io.mysqlwire.exporter.cli;

import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.TapConfig;
import io.mysqlwire.bpf.WatchedPorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to watch, and how finely to count. */
final class TapFlags {
  static final String CGROUP_PATH = "--cgroup.path";
  private static final int MAX_PORT = 65_535;
  private static final int MAX_BACKENDS = 65_535;

  /**
   * Connections that the gauges follow at once; twice what the busiest servers are set to allow.
   */
  private static final int MAX_CONNECTIONS = 32_768;

  /** Room for so many (type, code) pairs a backend on average. */
  private static final int ERRORS_PER_BACKEND = 8;

  @Option(
      names = "--mysql.port",
      split = ",",
      paramLabel = "PORT",
      defaultValue = WatchedPorts.AUTO,
      description = {
        "server port to watch, or auto: those that mysqld and mariadbd",
        "processes listen on, followed as they change; repeatable"
      })
  private List<String> ports = List.of();

  @Option(
      names = "--tap",
      paramLabel = "TAP",
      defaultValue = "auto",
      description = {
        "where responses are seen: tracing (tcp_sendmsg),",
        "cgroup (cgroup_skb/egress), auto (tracing, else cgroup)"
      })
  private String tap = "";

  @Option(
      names = CGROUP_PATH,
      paramLabel = "DIRECTORY",
      description = {
        "watch only sockets of this cgroup v2 directory, e.g. that of",
        "mysql.service (default: the root of the hierarchy)"
      })
  private @Nullable Path cgroup;

  @Option(
      names = "--tls",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = {
        "read encrypted connections, by probes on the server's own",
        "functions (tracing tap); without it they are opaque"
      })
  private boolean tls;

  @Option(
      names = "--kernel.accept-faults",
      negatable = true,
      defaultValue = "false",
      fallbackValue = "true",
      description = {
        "attach also where this kernel may have a known fault (see",
        "check), for kernels that have the fixes under names of their own"
      })
  private boolean acceptFaults;

  @Option(
      names = "--backend.ipv4-prefix",
      paramLabel = "BITS",
      defaultValue = "32",
      description = "count IPv4 backends by networks of this length")
  private String ipv4Prefix = "";

  @Option(
      names = "--backend.ipv6-prefix",
      paramLabel = "BITS",
      defaultValue = "128",
      description = "count IPv6 backends by networks of this length")
  private String ipv6Prefix = "";

  @Option(
      names = "--backend.user",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "account name of the login as label user")
  private boolean users;

  @Option(
      names = "--backend.proxy-protocol",
      negatable = true,
      defaultValue = "false",
      fallbackValue = "true",
      description = {
        "take the backend's address from a PROXY protocol header; only",
        "where all clients come through load balancers: one could lie"
      })
  private boolean proxyProtocol;

  @Option(
      names = "--backend.max",
      paramLabel = "COUNT",
      defaultValue = "4096",
      description = {
        "distinct (server, backend, user); past it responses count",
        "under backend=\"other\", nothing is lost"
      })
  private String maxBackends = "";

  private static boolean isAuto(String port) {
    return port.strip().equals(WatchedPorts.AUTO);
  }

  /** Refuses to go on when no cgroup was given and there is none to be found. */
  void requireCgroup() throws RefusedException {
    if (cgroup == null && CgroupDirectory.findRoot().isEmpty()) {
      throw new RefusedException(
          List.of(
              "no cgroup v2 hierarchy is mounted here (none in /proc/self/mountinfo), and commands"
                  + " are seen through it; mount it (mount -t cgroup2 none DIRECTORY), or in a"
                  + " container pass the host's in and name it with "
                  + CGROUP_PATH));
    }
  }

  /**
   * The configuration that the flags ask for, with the usual place where no cgroup can be found;
   * empty when {@code checks} found problems.
   */
  Optional<TapConfig> resolve(FlagChecks checks) {
    return resolve(checks, CgroupDirectory.findRoot().orElse(CgroupDirectory.USUAL_ROOT));
  }

  /**
   * The same.
   *
   * @param cgroupRoot used when no directory was given
   */
  Optional<TapConfig> resolve(FlagChecks checks, Path cgroupRoot) {
    boolean servers = ports.stream().anyMatch(TapFlags::isAuto);
    List<Integer> portNumbers =
        ports.stream()
            .filter(port -> !isAuto(port))
            .map(port -> checks.integer("--mysql.port", port, 1, MAX_PORT))
            .distinct()
            .toList();
    if (portNumbers.size() > WatchedPorts.MAX_NUMBERS) {
      checks.refuse(
          "--mysql.port",
          portNumbers.size() + " ports are too many",
          "give at most " + WatchedPorts.MAX_NUMBERS);
    }
    if (cgroup != null) {
      CgroupDirectory.check(checks, CGROUP_PATH, cgroup);
    }
    TapChoice choice = checks.oneOf("--tap", tap, List.of(TapChoice.values()));
    int ipv4 = checks.integer("--backend.ipv4-prefix", ipv4Prefix, 0, 32);
    int ipv6 = checks.integer("--backend.ipv6-prefix", ipv6Prefix, 0, 128);
    int backends = checks.integer("--backend.max", maxBackends, 1, MAX_BACKENDS);
    if (!checks.problems().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TapConfig(
            new WatchedPorts(portNumbers, servers),
            choice,
            cgroup != null ? cgroup : cgroupRoot,
            ipv4,
            ipv6,
            users,
            proxyProtocol,
            backends,
            MAX_CONNECTIONS,
            backends * ERRORS_PER_BACKEND,
            tls,
            acceptFaults));
  }
}
