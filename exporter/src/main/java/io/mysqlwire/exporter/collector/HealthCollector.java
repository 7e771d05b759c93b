package io.mysqlwire.exporter.collector;

import io.mysqlwire.exporter.health.Reason;
import io.mysqlwire.exporter.health.ServerHealth;
import io.mysqlwire.exporter.health.probe.Check;
import io.mysqlwire.exporter.health.probe.Finding;
import io.mysqlwire.exporter.health.probe.IoWait;
import io.prometheus.client.Collector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The verdict on each server, and what its probes say. Probe families are there only with probes.
 *
 * <pre>{@code
 * # TYPE mysql_wire_healthy gauge
 * mysql_wire_healthy{server="10.0.0.7:3306",} 0.0
 * # TYPE mysql_wire_health gauge
 * mysql_wire_health{server="10.0.0.7:3306",reason="exhausted",} 1.0
 * }</pre>
 */
public final class HealthCollector extends Collector {
  private static final List<String> SERVER = List.of("server");

  private final Supplier<List<ServerHealth>> servers;

  /** Of the servers that are known when a scrape asks. */
  public HealthCollector(Supplier<List<ServerHealth>> servers) {
    this.servers = servers;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    List<ServerHealth> now = servers.get();
    List<MetricFamilySamples> families = new ArrayList<>();
    verdicts(now, families);
    if (now.stream().anyMatch(server -> !server.checks().isEmpty())) {
      checks(now, families);
    }
    return families;
  }

  private static void verdicts(List<ServerHealth> servers, List<MetricFamilySamples> into) {
    Family healthy =
        Family.gauge(
            "mysql_wire_healthy",
            "The verdict on a server, 1 or 0; absent while nothing can be said.",
            SERVER);
    Family health =
        Family.gauge(
            "mysql_wire_health",
            "The verdict's reason: exactly one is 1.",
            List.of("server", "reason"));
    Family since =
        Family.gauge(
            "mysql_wire_health_since_seconds",
            "Unix time of the last change of the verdict's reason.",
            SERVER);
    for (ServerHealth server : servers) {
      List<String> name = List.of(server.server());
      server.verdict().healthy().ifPresent(is -> healthy.add(name, is ? 1 : 0));
      for (Reason reason : Reason.values()) {
        health.add(
            List.of(server.server(), reason.label()), server.verdict().reason() == reason ? 1 : 0);
      }
      since.add(name, server.verdict().since().toEpochMilli() / 1e3);
    }
    into.add(healthy.build());
    into.add(health.build());
    into.add(since.build());
  }

  private static void checks(List<ServerHealth> servers, List<MetricFamilySamples> into) {
    List<String> labels = List.of("server", "probe");
    Family success =
        Family.gauge(
            "mysql_wire_probe_success",
            "Whether the last attempt of a probe was answered well and in time: 1 or 0; 0 already"
                + " while one is past its deadline.",
            labels);
    Family duration =
        Family.gauge(
            "mysql_wire_probe_duration_seconds",
            "Seconds that the last attempt of a probe took; of one past its deadline, so far.",
            labels);
    Family waits =
        Family.gauge(
            "mysql_wire_probe_io_max_seconds",
            "Longest wait of the server for its redo log or binlog since its statistics were reset,"
                + " by its performance_schema; absent where that does not measure it.",
            List.of("server", "event"));
    for (ServerHealth server : servers) {
      for (Check check : server.checks()) {
        if (check.finding() != Finding.PENDING) {
          List<String> values = List.of(server.server(), check.kind().label());
          success.add(values, check.isOk() ? 1 : 0);
          duration.add(values, check.seconds());
        }
      }
      for (IoWait wait : server.ioWaits()) {
        waits.add(List.of(server.server(), wait.event()), wait.maxSeconds());
      }
    }
    into.add(success.build());
    into.add(duration.build());
    into.add(waits.build());
  }
}
