package io.mysqlwire.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.TapConfig;
import io.mysqlwire.bpf.WatchedPorts;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.exactness.HostChanges;
import io.mysqlwire.exporter.names.FileNames;
import io.mysqlwire.exporter.names.NameSource;
import io.mysqlwire.exporter.servers.ServerBinaries;
import io.mysqlwire.exporter.service.Exporter;
import io.mysqlwire.exporter.service.ServeConfig;
import io.mysqlwire.exporter.web.ListenAddress;
import io.mysqlwire.health.ProbeAccount;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped rules and dashboards on real data: a real server under load, the exporter with its
 * kernel programs, a real Prometheus. Needs root, and {@code prometheus} on the path.
 */
@Timeout(600)
final class PrometheusIT {
  private static final String TAP =
      System.getProperty("mysqlwire.tap", "cgroup").split(",", -1)[0].toUpperCase(Locale.ROOT);

  /** The range is shorter than the test, as the panel of errors compares with its start. */
  private static final Map<String, String> WINDOWS =
      Map.of("$__rate_interval", "15s", "$__range", "10s");

  /** Without, the server does not measure its disks. */
  private static final Map<String, String> MEASURED = Map.of("performance-schema", "ON");

  /** Without, the kernel does not count runs of programs. */
  private static final String STATISTICS = "kernel.bpf_stats_enabled";

  @Test
  void shouldFeedEveryRuleAndEveryPanel(@TempDir Path directory) throws Exception {
    Path names = Files.writeString(directory.resolve("names"), ShopLoad.BROKEN + " broken\n");
    try (HostChanges changes = new HostChanges();
        EmbeddedServer database = EmbeddedServer.start(ServerKind.MARIADB_11_4, MEASURED);
        Exporter exporter = exporter(database, FileNames.read(names));
        ShopLoad load = ShopLoad.start(database);
        RecordedPage recorded = RecordedPage.serve(recordedPages());
        PrometheusServer prometheus =
            PrometheusServer.start(
                Map.of(
                    "mysql-wire",
                    exporter.addresses().get(0).toString(),
                    "mysql-wire-recorded",
                    recorded.address()),
                ruleFiles())) {
      changes.make(
          List.of("sysctl", "-q", STATISTICS + "=1"), List.of("sysctl", "-q", STATISTICS + "=0"));
      PrometheusApi api = prometheus.api();
      try {
        Await.until(
            "the ratio of the broken backend alerts",
            () -> !api.query("ALERTS{alertname=\"MysqlWireBackendErrorRatio\"}").isEmpty());
        Await.until(
            "the refused logins alert",
            () -> !api.query("ALERTS{alertname=\"MysqlWireAccessDeniedBurst\"}").isEmpty());
      } finally {
        assertThat(api.targets())
            .containsExactlyInAnyOrder(
                new TargetStatus("mysql-wire", "up", ""),
                new TargetStatus("mysql-wire-recorded", "up", ""));
        assertThat(load.failure()).isEmpty();
      }
      shouldAlertOnlyOfWhatIsWrong(api, database.port());
      shouldEvaluateEveryRule(api);
      shouldFillEveryPanel(api);
    }
  }

  private static Exporter exporter(EmbeddedServer database, NameSource names) throws Exception {
    ProbeAccount.create(database);
    TapConfig config =
        new TapConfig(
            WatchedPorts.of(database.port()),
            TapChoice.valueOf(TAP),
            cgroup(),
            32,
            128,
            true,
            false,
            256,
            1024,
            4096);
    return Exporter.start(
        () -> WireTap.attach(config),
        new ServeConfig(
            List.of(ListenAddress.parse("127.0.0.1:0")),
            Optional.empty(),
            "/metrics",
            names,
            Duration.ZERO,
            ServerBinaries.UNREADABLE,
            ProbeAccount.probing(database)));
  }

  private static Path cgroup() {
    Path besideV1 = Path.of("/sys/fs/cgroup/unified");
    return Files.exists(besideV1) ? besideV1 : Path.of("/sys/fs/cgroup");
  }

  private static void shouldAlertOnlyOfWhatIsWrong(PrometheusApi api, int port) throws Exception {
    List<Sample> alerts = api.query("ALERTS{alertstate!=\"\", job!=\"mysql-wire-recorded\"}");
    assertThat(alerts)
        .extracting(alert -> alert.labels().get("alertname") + " " + alert.labels().get("backend"))
        .containsExactlyInAnyOrder(
            "MysqlWireBackendErrorRatio " + ShopLoad.BROKEN,
            "MysqlWireBackendErrorsSustained " + ShopLoad.BROKEN,
            "MysqlWireAccessDeniedBurst " + ShopLoad.BROKEN);
    assertThat(alerts)
        .anySatisfy(
            alert ->
                assertThat(alert.labels())
                    .containsEntry("alertname", "MysqlWireBackendErrorRatio")
                    .containsEntry("alertstate", "pending")
                    .containsEntry("severity", "critical")
                    .containsEntry("server", "127.0.0.1:" + port)
                    .containsEntry("user", ShopLoad.USER))
        .anySatisfy(
            alert ->
                assertThat(alert.labels())
                    .containsEntry("alertname", "MysqlWireAccessDeniedBurst")
                    .containsEntry("alertstate", "firing")
                    .containsEntry("error", "ER_ACCESS_DENIED_ERROR"));
  }

  private static void shouldEvaluateEveryRule(PrometheusApi api) throws Exception {
    List<RuleStatus> rules = api.rules();
    assertThat(rules).filteredOn(RuleStatus::isAlert).hasSizeGreaterThan(30);
    assertThat(rules).filteredOn(rule -> !rule.isAlert()).hasSizeGreaterThan(45);
    assertThat(rules).allSatisfy(rule -> assertThat(rule.health()).isEqualTo("ok"));
  }

  private static void shouldFillEveryPanel(PrometheusApi api) throws Exception {
    List<DashboardQuery> queries = DashboardQuery.readAll(checkout().resolve("grafana-dashboards"));
    assertThat(queries).hasSizeGreaterThan(30);
    List<DashboardQuery> empty = new ArrayList<>();
    for (DashboardQuery query : queries) {
      if (api.query(query.forAll(WINDOWS)).isEmpty()) {
        empty.add(query);
      }
    }
    assertThat(empty).as("queries without an answer").isEmpty();
  }

  /** What the cgroup tap can't see. */
  private static List<Path> recordedPages() {
    return List.of(
        checkout()
            .resolve("exporter/src/test/resources/io/mysqlwire/exporter/collector/golden.txt"));
  }

  private static List<Path> ruleFiles() {
    Path rules = checkout().resolve("rules");
    return Stream.of(
            "thresholds",
            "recording",
            "alerts",
            "alerts-servers",
            "alerts-health",
            "alerts-exporter")
        .map(name -> rules.resolve(name + ".yml"))
        .toList();
  }

  /** The directory above this module, wherever the tests are started. */
  private static Path checkout() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("rules/alerts.yml"))) {
      Path parent = directory.getParent();
      if (parent == null) {
        throw new IllegalStateException("the tests do not run inside the checkout");
      }
      directory = parent;
    }
    return directory;
  }
}
