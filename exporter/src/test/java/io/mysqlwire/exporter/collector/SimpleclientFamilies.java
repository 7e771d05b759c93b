package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.Backend;
import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.Command;
import io.mysqlwire.bpf.ErrorCount;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.bpf.WireSnapshot;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The samples of a snapshot's backends in simpleclient's data model, by family, made without the
 * code under test: what its text has to say as well.
 */
final class SimpleclientFamilies {
  private static final List<String> KEY = List.of("server", "backend", "user");
  private static final Map<String, ToDoubleFunction<BackendCounters>> COUNTERS =
      Map.of(
          "mysql_wire_response_bytes_total", BackendCounters::bytes,
          "mysql_wire_response_rows_total", BackendCounters::rows,
          "mysql_wire_command_seconds_total", BackendCounters::commandSeconds,
          "mysql_wire_connections_opened_total", BackendCounters::connectionsOpened);
  private static final Map<String, ToDoubleFunction<BackendCounters>> GAUGES =
      Map.of(
          "mysql_wire_commands_in_flight", BackendCounters::commandsInFlight,
          "mysql_wire_oldest_command_seconds", BackendCounters::oldestCommandSeconds,
          "mysql_wire_connections", BackendCounters::connections);

  private SimpleclientFamilies() {}

  static Map<String, MetricFamilySamples> of(WireSnapshot snapshot) {
    List<Family> families = new ArrayList<>();
    families.add(responses(snapshot));
    families.add(commands(snapshot));
    COUNTERS.forEach(
        (name, value) -> families.add(each(Family.counter(name, "", KEY), snapshot, value)));
    GAUGES.forEach(
        (name, value) -> families.add(each(Family.gauge(name, "", KEY), snapshot, value)));
    List<MetricFamilySamples> built =
        families.stream().map(Family::build).collect(Collectors.toCollection(ArrayList::new));
    LatencyHistogram times = new LatencyHistogram("mysql_wire_response_seconds", "", KEY);
    snapshot
        .backends()
        .forEach(
            counters ->
                times.add(
                    key(counters.backend()), counters.latencyBuckets(), counters.latencySeconds()));
    built.add(times.build());
    return built.stream().collect(Collectors.toMap(family -> family.name, family -> family));
  }

  private static Family responses(WireSnapshot snapshot) {
    Family family =
        Family.counter(
            "mysql_wire_responses_total", "", Labels.plus(KEY, "response_type", "error_code"));
    for (BackendCounters counters : snapshot.backends()) {
      for (ResponseType type : ResponseType.values()) {
        long count = counters.responses()[List.of(ResponseType.values()).indexOf(type)];
        if (count > 0 && !type.hasErrorCode()) {
          family.add(Labels.plus(key(counters.backend()), type.label(), ""), count);
        }
      }
    }
    for (ErrorCount error : snapshot.errors()) {
      String code = error.code() < 0 ? "other" : Integer.toString(error.code());
      if (error.count() > 0) {
        family.add(Labels.plus(key(error.backend()), error.type().label(), code), error.count());
      }
    }
    return family;
  }

  private static Family commands(WireSnapshot snapshot) {
    Family family = Family.counter("mysql_wire_commands_total", "", Labels.plus(KEY, "command"));
    for (BackendCounters counters : snapshot.backends()) {
      for (Command command : Command.values()) {
        long count = counters.commands()[List.of(Command.values()).indexOf(command)];
        if (count > 0) {
          family.add(Labels.plus(key(counters.backend()), command.label()), count);
        }
      }
    }
    return family;
  }

  private static Family each(
      Family family, WireSnapshot snapshot, ToDoubleFunction<BackendCounters> value) {
    snapshot
        .backends()
        .forEach(counters -> family.add(key(counters.backend()), value.applyAsDouble(counters)));
    return family;
  }

  private static List<String> key(Backend backend) {
    return List.of(backend.server(), backend.backend(), backend.user());
  }
}
