package io.mysqlwire.pins;

import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.exactness.Witness;
import io.mysqlwire.prometheus.Sample;
import io.mysqlwire.testing.Tally;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counters of backends as they are exported, named like the counts of the {@link Witness}. */
final class ExportedCounts {
  private static final Map<String, String> NAMES =
      Map.of(
          "mysql_wire_response_bytes_total", "bytes",
          "mysql_wire_response_rows_total", "rows",
          "mysql_wire_connections_opened_total", "connections opened",
          "mysql_wire_response_seconds_count", "command answered");

  private ExportedCounts() {}

  /** Finds the samples of a metric, with whatever values. */
  @FunctionalInterface
  interface Source {
    List<Sample> samples(String metric) throws Exception;
  }

  static Tally of(Source source) throws Exception {
    Tally tally = new Tally();
    for (Sample sample : source.samples("mysql_wire_responses_total")) {
      ResponseType type =
          ResponseType.valueOf(label(sample, "response_type").toUpperCase(Locale.ROOT));
      String code = label(sample, "error_code");
      String name = Witness.response(type, code.isEmpty() ? 0 : Integer.parseInt(code));
      tally.add(who(sample) + name, whole(sample));
    }
    for (Sample sample : source.samples("mysql_wire_commands_total")) {
      tally.add(who(sample) + "command " + label(sample, "command"), whole(sample));
    }
    for (Map.Entry<String, String> family : NAMES.entrySet()) {
      for (Sample sample : source.samples(family.getKey())) {
        tally.add(who(sample) + family.getValue(), whole(sample));
      }
    }
    return tally;
  }

  private static long whole(Sample sample) {
    if (sample.value() != Math.rint(sample.value())) {
      throw new AssertionError("not a whole number: " + sample);
    }
    return (long) sample.value();
  }

  private static String who(Sample sample) {
    return Witness.name(label(sample, "server"), label(sample, "backend"), label(sample, "user"));
  }

  /** Prometheus takes an empty label for none. */
  private static String label(Sample sample, String name) {
    return sample.labels().getOrDefault(name, "");
  }
}
