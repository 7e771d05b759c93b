package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.Command;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What each backend sent and got: one sample a backend, but for the commands by name. */
final class BackendFamilies {
  private static final Command[] COMMANDS = Command.values();

  private BackendFamilies() {}

  static void collect(List<BackendCounters> backends, List<MetricFamilySamples> into) {
    into.add(
        counter(
            "mysql_wire_response_bytes_total",
            "Bytes of all responses, protocol headers included.",
            backends,
            BackendCounters::bytes));
    into.add(
        counter(
            "mysql_wire_response_rows_total",
            "Rows sent in result sets.",
            backends,
            BackendCounters::rows));
    into.add(commands(backends));
    into.add(latency(backends));
    into.add(
        counter(
            "mysql_wire_command_seconds_total",
            "Seconds from the last byte of a command arriving at the host to the last byte of its"
                + " response, summed over the commands answered.",
            backends,
            BackendCounters::commandSeconds));
    into.add(
        gauge(
            "mysql_wire_commands_in_flight",
            "Commands that arrived and whose response has not ended.",
            backends,
            BackendCounters::commandsInFlight));
    into.add(
        gauge(
            "mysql_wire_oldest_command_seconds",
            "Age in seconds of the oldest command in flight, 0 when there is none.",
            backends,
            BackendCounters::oldestCommandSeconds));
    into.add(
        gauge(
            "mysql_wire_connections", "Open connections.", backends, BackendCounters::connections));
    into.add(
        counter(
            "mysql_wire_connections_opened_total",
            "Connections opened.",
            backends,
            BackendCounters::connectionsOpened));
  }

  private static MetricFamilySamples commands(List<BackendCounters> backends) {
    Family family =
        Family.counter(
            "mysql_wire_commands_total",
            "Commands received, by command of the protocol.",
            Labels.plus(Labels.BACKEND, "command"));
    for (BackendCounters counters : backends) {
      List<String> key = Labels.of(counters.backend());
      for (int i = 0; i < COMMANDS.length; i++) {
        long count = counters.commands()[i];
        if (count > 0) {
          family.add(Labels.plus(key, COMMANDS[i].label()), count);
        }
      }
    }
    return family.build();
  }

  private static MetricFamilySamples latency(List<BackendCounters> backends) {
    LatencyHistogram histogram =
        new LatencyHistogram(
            "mysql_wire_response_seconds",
            "Seconds from the last byte of a command arriving at the host to the first byte of its"
                + " response leaving mysqld.",
            Labels.BACKEND);
    for (BackendCounters counters : backends) {
      histogram.add(
          Labels.of(counters.backend()), counters.latencyBuckets(), counters.latencySeconds());
    }
    return histogram.build();
  }

  private static MetricFamilySamples counter(
      String name,
      String help,
      List<BackendCounters> backends,
      ToDoubleFunction<BackendCounters> value) {
    return each(Family.counter(name, help, Labels.BACKEND), backends, value);
  }

  private static MetricFamilySamples gauge(
      String name,
      String help,
      List<BackendCounters> backends,
      ToDoubleFunction<BackendCounters> value) {
    return each(Family.gauge(name, help, Labels.BACKEND), backends, value);
  }

  private static MetricFamilySamples each(
      Family family, List<BackendCounters> backends, ToDoubleFunction<BackendCounters> value) {
    for (BackendCounters counters : backends) {
      family.add(Labels.of(counters.backend()), value.applyAsDouble(counters));
    }
    return family.build();
  }
}
