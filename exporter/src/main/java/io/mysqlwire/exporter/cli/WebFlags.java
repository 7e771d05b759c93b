package io.mysqlwire.exporter.cli;

import io.mysqlwire.exporter.web.ListenAddress;
import io.mysqlwire.exporter.web.WebAccess;
import io.mysqlwire.exporter.web.config.WebConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the pages are served. */
final class WebFlags {
  private static final String LISTEN_ADDRESS = "--web.listen-address";
  private static final String CONFIG_FILE = "--web.config.file";
  private static final String TELEMETRY_PATH = "--web.telemetry-path";
  private static final Set<String> TAKEN = Set.of("/", "/health", "/-/healthy", "/-/ready");

  @Option(
      names = LISTEN_ADDRESS,
      split = ",",
      paramLabel = "ADDRESS",
      defaultValue = ":10306",
      description = {
        "address to serve on, e.g. :10306, 127.0.0.1:10306, [::1]:10306;",
        "port 0 takes a free one and logs it; repeatable"
      })
  private List<String> listenAddresses = List.of();

  @Option(
      names = CONFIG_FILE,
      paramLabel = "FILE",
      description = {
        "TLS, client certificates, passwords, headers, rate limit, by the",
        "keys of the Prometheus exporter toolkit (default: none)"
      })
  private @Nullable Path configFile;

  @Option(
      names = TELEMETRY_PATH,
      paramLabel = "PATH",
      defaultValue = "/metrics",
      description = "path of the metrics")
  private String telemetryPath = "";

  List<ListenAddress> addresses(FlagChecks checks) {
    List<ListenAddress> addresses = new ArrayList<>();
    for (String text : listenAddresses) {
      try {
        addresses.add(ListenAddress.parse(text.strip()));
      } catch (IllegalArgumentException e) {
        checks.refuse(
            LISTEN_ADDRESS,
            FlagChecks.quoted(text) + " " + e.getMessage(),
            "give e.g. :10306, 127.0.0.1:10306 or [::1]:10306");
      }
    }
    return addresses;
  }

  /** Empty when no file was given; of no use when {@code checks} found problems. */
  Optional<WebAccess> access(FlagChecks checks) {
    if (configFile == null || configFile.toString().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(WebAccess.open(configFile));
    } catch (WebConfigException e) {
      e.problems().forEach(problem -> checks.refuse(CONFIG_FILE, problem));
      return Optional.empty();
    }
  }

  String telemetryPath(FlagChecks checks) {
    if (!telemetryPath.matches("/[\\w./-]*")) {
      checks.refuse(
          TELEMETRY_PATH,
          FlagChecks.quoted(telemetryPath) + " is not a path",
          "begin it with / and use letters, digits, and any of . _ - /");
    } else if (TAKEN.contains(telemetryPath)) {
      checks.refuse(
          TELEMETRY_PATH,
          FlagChecks.quoted(telemetryPath) + " is another page",
          "give one that is not in use, e.g. /metrics");
    }
    return telemetryPath;
  }
}
