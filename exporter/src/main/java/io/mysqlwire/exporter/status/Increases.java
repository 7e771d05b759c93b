package io.mysqlwire.exporter.status;

/** By how much counters have grown within the window. */
record Increases(RecentSamples samples, RecentSamples.Baseline baseline, Totals totals) {
  /** Length of the window. */
  double seconds() {
    return baseline.seconds();
  }

  long[] of(Object key) {
    return samples.increase(baseline, key, totals.of(key));
  }
}
