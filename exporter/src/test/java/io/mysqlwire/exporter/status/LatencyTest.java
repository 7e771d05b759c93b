package io.mysqlwire.exporter.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mysqlwire.bpf.WireSnapshot;
import org.junit.jupiter.api.Test;

class LatencyTest {
  private static final int LAST = WireSnapshot.LATENCY_BUCKETS - 1;

  @Test
  void shouldHaveNoQuantileWithoutCommands() {
    assertThat(latency().quantile(0.5)).isEmpty();
  }

  /** The values are what promtool's histogram_quantile() gives for these buckets. */
  @Test
  void shouldInterpolateAsHistogramQuantileDoes() {
    Latency latency = latency(3, 10, 4, 10); // 10 up to 128 µs, 10 more up to 256 µs
    assertThat(latency.quantile(0.25).orElseThrow()).isEqualTo(96e-6, within(1e-12));
    assertThat(latency.quantile(0.5).orElseThrow()).isEqualTo(128e-6, within(1e-12));
    assertThat(latency.quantile(0.95).orElseThrow()).isEqualTo(243.2e-6, within(1e-12));
    assertThat(latency.quantile(1).orElseThrow()).isEqualTo(256e-6, within(1e-12));
  }

  @Test
  void shouldStartTheFirstBucketAtZeroAndSkipEmptyOnes() {
    assertThat(latency(0, 1).quantile(0.5).orElseThrow()).isEqualTo(8e-6, within(1e-12));
    assertThat(latency(0, 1, 9, 1).quantile(0.5).orElseThrow()).isEqualTo(16e-6, within(1e-12));
    assertThat(latency(0, 1, 9, 1).quantile(0.75).orElseThrow())
        .isEqualTo((4096 + 2048) * 1e-6, within(1e-12));
  }

  @Test
  void shouldNotTellApartWhatLiesPastTheLastBound() {
    assertThat(latency(0, 1, LAST, 9).quantile(0.5).orElseThrow()).isEqualTo(Latency.LONGEST);
    assertThat(Latency.LONGEST).isEqualTo(67.108864);
  }

  /** Pairs of bucket and count. */
  private static Latency latency(int... pairs) {
    long[] buckets = new long[WireSnapshot.LATENCY_BUCKETS];
    for (int i = 0; i < pairs.length; i += 2) {
      buckets[pairs[i]] = pairs[i + 1];
    }
    return new Latency(buckets);
  }
}
