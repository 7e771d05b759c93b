package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.ErrorCount;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.exporter.errors.ErrorTable;
import io.mysqlwire.exporter.errors.MysqlError;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * How responses ended: the counter by type and error code, and what the codes mean.
 *
 * <p>A series appears with its first response: most of type × code × backend never happen.
 *
 * <pre>{@code
 * # TYPE mysql_wire_responses_total counter
 * mysql_wire_responses_total{server="10.0.0.7:3306",backend="10.0.1.4",user="shop",response_type="ok",error_code="",} 5.0
 * mysql_wire_responses_total{server="10.0.0.7:3306",backend="10.0.1.4",user="shop",response_type="err",error_code="1213",} 2.0
 * # TYPE mysql_wire_error_info gauge
 * mysql_wire_error_info{error_code="1213",error="ER_LOCK_DEADLOCK",sqlstate="40001",class="lock",} 1.0
 * }</pre>
 */
final class ResponseFamilies {
  private static final List<String> LABELS =
      Labels.plus(Labels.BACKEND, "response_type", "error_code");
  private static final ResponseType[] TYPES = ResponseType.values();

  private final ErrorTable errorTable;

  /** Kept, because a code outlives the series of a backend that is idle. */
  private final Set<Integer> codesSeen = new ConcurrentSkipListSet<>();

  ResponseFamilies(ErrorTable errorTable) {
    this.errorTable = errorTable;
  }

  void collect(WireSnapshot snapshot, List<MetricFamilySamples> into) {
    into.add(responses(snapshot));
    into.add(errorInfo(snapshot));
  }

  private static MetricFamilySamples responses(WireSnapshot snapshot) {
    Family family =
        Family.counter(
            "mysql_wire_responses_total",
            "Results the server gave, each counted once by how it ended; error_code is empty where"
                + " it is no error and \"other\" where the map of errors was full.",
            LABELS);
    for (BackendCounters counters : snapshot.backends()) {
      List<String> key = Labels.of(counters.backend());
      for (int i = 0; i < TYPES.length; i++) {
        long count = counters.responses()[i];
        if (count > 0 && !TYPES[i].hasErrorCode()) {
          family.add(Labels.plus(key, TYPES[i].label(), ""), count);
        }
      }
    }
    for (ErrorCount error : snapshot.errors()) {
      if (error.count() > 0) {
        List<String> key = Labels.of(error.backend());
        family.add(Labels.plus(key, error.type().label(), codeLabel(error.code())), error.count());
      }
    }
    return family.build();
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
