package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.ErrorCount;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.exporter.errors.ErrorTable;
import io.mysqlwire.exporter.errors.MysqlError;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * How responses ended: the counter by type and error code, and what the codes mean.
 *
 * <p>A series appears with its first response: most of type × code × backend never happen.
 *
 * <pre>{@code
 * # TYPE mysql_wire_responses_total counter
 * mysql_wire_responses_total{server="10.0.0.7:3306",backend="10.0.1.4",user="shop",response_type="ok",error_code="",} 5
 * mysql_wire_responses_total{server="10.0.0.7:3306",backend="10.0.1.4",user="shop",response_type="err",error_code="1213",} 2
 * # TYPE mysql_wire_error_info gauge
 * mysql_wire_error_info{error_code="1213",error="ER_LOCK_DEADLOCK",sqlstate="40001",class="lock",} 1.0
 * }</pre>
 */
final class ResponseFamilies {
  private static final ResponseType[] TYPES = ResponseType.values();
  private static final BackendFamily.Kind RESPONSES =
      new BackendFamily.Kind(
          Collector.Type.COUNTER,
          "mysql_wire_responses_total",
          "Results the server gave, each counted once by how it ended; error_code is empty where"
              + " it is no error and \"other\" where the map of errors was full.");
  private static final SeriesText[] EACH_TYPE =
      Arrays.stream(TYPES).map(type -> series(type, "")).toArray(SeriesText[]::new);

  private final ErrorTable errorTable;

  /** Kept, because a code outlives the series of a backend that is idle. */
  private final Set<Integer> codesSeen = new ConcurrentSkipListSet<>();

  ResponseFamilies(ErrorTable errorTable) {
    this.errorTable = errorTable;
  }

  void collect(WireSnapshot snapshot, LabelText labels, List<ExposedFamily> into) {
    into.add(
        RESPONSES.of(
            snapshot.backends().isEmpty() && snapshot.errors().isEmpty(),
            out -> {
              for (BackendCounters counters : snapshot.backends()) {
                writeGood(out, counters, labels.of(counters.backend()));
              }
              writeErrors(out, snapshot.errors(), labels);
            }));
    into.add(new SampledFamily(errorInfo(snapshot)));
  }

  private static SeriesText series(ResponseType type, String code) {
    return RESPONSES.series("response_type", type.label(), "error_code", code);
  }

  private static void writeGood(Exposition out, BackendCounters counters, byte[] backend)
      throws IOException {
    for (int i = 0; i < TYPES.length; i++) {
      long count = counters.responses()[i];
      if (count > 0 && !TYPES[i].hasErrorCode()) {
        EACH_TYPE[i].write(out, backend, count);
      }
    }
  }

  private static void writeErrors(Exposition out, List<ErrorCount> errors, LabelText labels)
      throws IOException {
    // Few codes, many backends.
    Map<ResponseType, Map<Integer, SeriesText>> series = new EnumMap<>(ResponseType.class);
    for (ErrorCount error : errors) {
      if (error.count() > 0) {
        series
            .computeIfAbsent(error.type(), type -> new HashMap<>())
            .computeIfAbsent(error.code(), code -> series(error.type(), codeLabel(code)))
            .write(out, labels.of(error.backend()), error.count());
      }
    }
  }

  private static String codeLabel(int code) {
    return code == ErrorCount.OTHER_CODES ? "other" : Integer.toString(code);
  }

  private MetricFamilySamples errorInfo(WireSnapshot snapshot) {
    Family family =
        Family.gauge(
            "mysql_wire_error_info",
            "Symbol, SQL state and class of every error code seen, always 1; MySQL's and MariaDB's"
                + " names where they use a code for different errors.",
            List.of("error_code", "error", "sqlstate", "class"));
    for (ErrorCount error : snapshot.errors()) {
      if (error.count() > 0 && error.code() != ErrorCount.OTHER_CODES) {
        codesSeen.add(error.code());
      }
    }
    for (int code : codesSeen) {
      MysqlError error = errorTable.find(code);
      family.add(
          List.of(codeLabel(code), error.name(), error.sqlstate(), error.errorClass().label()), 1);
    }
    return family.build();
  }
}
