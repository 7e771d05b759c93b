package io.mysqlwire.exporter.cli;

import io.mysqlwire.exporter.web.ListenAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Where the pages are served. */
final class WebFlags {
  private static final String LISTEN_ADDRESS = "--web.listen-address";
  private static final String TELEMETRY_PATH = "--web.telemetry-path";
  private static final Set<String> TAKEN = Set.of("/", "/-/healthy", "/-/ready");

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
