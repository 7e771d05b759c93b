package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.BackendCounters;
import io.prometheus.client.Collector;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A kind of family that has one sample for each backend. */
final class EachBackend {
  private final BackendFamily.Kind kind;
  private final SeriesText series;
  private final ToDoubleFunction<BackendCounters> value;

  private EachBackend(
      Collector.Type type, String name, String help, ToDoubleFunction<BackendCounters> value) {
    this.kind = new BackendFamily.Kind(type, name, help);
    this.series = kind.series();
    this.value = value;
  }

  static EachBackend counter(String name, String help, ToDoubleFunction<BackendCounters> value) {
    return new EachBackend(Collector.Type.COUNTER, name, help, value);
  }

  static EachBackend gauge(String name, String help, ToDoubleFunction<BackendCounters> value) {
    return new EachBackend(Collector.Type.GAUGE, name, help, value);
  }

  ExposedFamily of(List<BackendCounters> backends, LabelText labels) {
    return kind.of(
        backends.isEmpty(),
        out -> {
          for (BackendCounters counters : backends) {
            series.write(out, labels.of(counters.backend()), value.applyAsDouble(counters));
          }
        });
  }
}
