package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.MapFill;
import io.mysqlwire.bpf.ProgramStatistics;
import io.mysqlwire.bpf.WireSnapshot;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.List;

/** What counting costs and how much room is left: maps and programs. */
final class KernelFamilies {
  private KernelFamilies() {}

  static void collect(WireSnapshot snapshot, List<MetricFamilySamples> into) {
    collectMaps(snapshot.maps(), into);
    // Without BPF statistics the kernel measures nothing: no family beats one of zeros.
    if (!snapshot.programs().isEmpty()) {
      collectPrograms(snapshot.programs(), into);
    }
  }

  private static void collectMaps(List<MapFill> maps, List<MetricFamilySamples> into) {
    List<String> label = List.of("map");
    Family entries =
        Family.gauge("mysql_wire_map_entries", "Entries in use of a kernel map.", label);
    Family maxEntries =
        Family.gauge(
            "mysql_wire_map_max_entries", "Entries that a kernel map has room for.", label);
    for (MapFill map : maps) {
      entries.add(List.of(map.map()), map.entries());
      maxEntries.add(List.of(map.map()), map.maxEntries());
    }
    into.add(entries.build());
    into.add(maxEntries.build());
  }

  private static void collectPrograms(
      List<ProgramStatistics> programs, List<MetricFamilySamples> into) {
    List<String> label = List.of("program");
    Family runs =
        Family.counter(
            "mysql_wire_bpf_program_runs_total",
            "Runs of a kernel program while BPF statistics were on.",
            label);
    Family seconds =
        Family.counter(
            "mysql_wire_bpf_program_seconds_total",
            "Seconds spent in a kernel program while BPF statistics were on.",
            label);
    for (ProgramStatistics program : programs) {
      runs.add(List.of(program.program()), program.runs());
      seconds.add(List.of(program.program()), program.seconds());
    }
    into.add(runs.build());
    into.add(seconds.build());
  }
}
