package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.Command;
import io.prometheus.client.Collector;
import java.util.Arrays;
import java.util.List;

/** What each backend sent and got: one sample a backend, but for the commands by name. */
final class BackendFamilies {
  private static final List<EachBackend> EACH_BACKEND =
      List.of(
          EachBackend.counter(
              "mysql_wire_response_bytes_total",
              "Bytes of all responses, protocol headers included.",
              BackendCounters::bytes),
          EachBackend.counter(
              "mysql_wire_response_rows_total", "Rows sent in result sets.", BackendCounters::rows),
          EachBackend.counter(
              "mysql_wire_command_seconds_total",
              "Seconds from the last byte of a command arriving at the host to the last byte of its"
                  + " response, summed over the commands answered.",
              BackendCounters::commandSeconds),
          EachBackend.gauge(
              "mysql_wire_commands_in_flight",
              "Commands that arrived and whose response has not ended.",
              BackendCounters::commandsInFlight),
          EachBackend.gauge(
              "mysql_wire_oldest_command_seconds",
              "Age in seconds of the oldest command in flight, 0 when there is none.",
              BackendCounters::oldestCommandSeconds),
          EachBackend.gauge(
              "mysql_wire_connections", "Open connections.", BackendCounters::connections),
          EachBackend.counter(
              "mysql_wire_connections_opened_total",
              "Connections opened.",
              BackendCounters::connectionsOpened));
  private static final BackendFamily.Kind COMMANDS =
      new BackendFamily.Kind(
          Collector.Type.COUNTER,
          "mysql_wire_commands_total",
          "Commands received, by command of the protocol.");
  private static final SeriesText[] EACH_COMMAND =
      Arrays.stream(Command.values())
          .map(command -> COMMANDS.series("command", command.label()))
          .toArray(SeriesText[]::new);

  private BackendFamilies() {}

  static void collect(List<BackendCounters> backends, LabelText labels, List<ExposedFamily> into) {
    for (EachBackend kind : EACH_BACKEND) {
      into.add(kind.of(backends, labels));
    }
    into.add(new ResponseTimes(backends, labels));
    into.add(
        COMMANDS.of(
            backends.isEmpty(),
            out -> {
              for (BackendCounters counters : backends) {
                for (int i = 0; i < EACH_COMMAND.length; i++) {
                  long count = counters.commands()[i];
                  if (count > 0) {
                    EACH_COMMAND[i].write(out, labels.of(counters.backend()), count);
                  }
                }
              }
            }));
  }
}
