package io.mysqlwire.pins;

import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.exactness.Witness;
import io.mysqlwire.prometheus.PrometheusApi;
import io.mysqlwire.prometheus.Sample;
import io.mysqlwire.testing.Tally;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What Prometheus says of each backend, named like the counts of the {@link Witness}. */
final class PrometheusCounts {
  private static final Map<String, String> NAMES =
      Map.of(
          "mysql_wire_response_bytes_total", "bytes",
          "mysql_wire_response_rows_total", "rows",
          "mysql_wire_connections_opened_total", "connections opened",
          "mysql_wire_response_seconds_count", "command answered");

  private final PrometheusApi api;

  PrometheusCounts(PrometheusApi api) {
    this.api = api;
  }

  /** Last values. */
  Tally now() throws Exception {
    return read("%s");
  }

  /**
   * What {@code increase()} gives between two scrapes. Where both ends of the range are scrapes
   * there is nothing for it to extrapolate, so that it is exact: extrapolatedRate() in
   * promql/functions.go.
   */
  Tally increase(double from, double to) throws Exception {
    long milliseconds = Math.round((to - from) * 1000);
    return read(String.format(Locale.ROOT, "increase(%%s[%dms] @ %.3f)", milliseconds, to));
  }

  /** When all counters were scraped last, in seconds since 1970. */
  double lastScrape() throws Exception {
    List<Sample> times = api.query("timestamp(mysql_wire_lost_total{reason=\"memory\"})");
    return times.isEmpty() ? 0 : times.get(0).value();
  }

  private Tally read(String format) throws Exception {
    Tally tally = new Tally();
    for (Sample sample : api.query(String.format(format, "mysql_wire_responses_total"))) {
      ResponseType type =
          ResponseType.valueOf(label(sample, "response_type").toUpperCase(Locale.ROOT));
      String code = label(sample, "error_code");
      String name = Witness.response(type, code.isEmpty() ? 0 : Integer.parseInt(code));
      tally.add(who(sample) + name, whole(sample));
    }
    for (Sample sample : api.query(String.format(format, "mysql_wire_commands_total"))) {
      tally.add(who(sample) + "command " + label(sample, "command"), whole(sample));
    }
    for (Map.Entry<String, String> family : NAMES.entrySet()) {
      for (Sample sample : api.query(String.format(format, family.getKey()))) {
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
