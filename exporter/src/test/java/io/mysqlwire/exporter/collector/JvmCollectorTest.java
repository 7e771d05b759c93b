package io.mysqlwire.exporter.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.Collector;
import io.prometheus.client.hotspot.ThreadExports;
import io.prometheus.client.hotspot.VersionInfoExports;
import java.util.List;
import org.junit.jupiter.api.Test;

class JvmCollectorTest {
  /** As the operating system's bean of a JDK 17 in some cgroup layouts. */
  private static final class Broken extends Collector {
    @Override
    public List<MetricFamilySamples> collect() {
      throw new NullPointerException("cgroup");
    }
  }

  @Test
  void shouldHaveWhatSimpleclientHas() {
    assertThat(new JvmCollector().collect())
        .extracting(family -> family.name)
        .contains(
            "process_resident_memory_bytes", "jvm_gc_collection_seconds", "jvm_threads_state");
  }

  @Test
  void shouldLeaveOutWhatFailsAndServeTheRest() {
    JvmCollector collector =
        new JvmCollector(
            List.of(
                () -> {
                  throw new NoClassDefFoundError("sun.management");
                },
                ThreadExports::new,
                Broken::new,
                VersionInfoExports::new));
    for (int scrape = 0; scrape < 2; scrape++) {
      assertThat(collector.collect())
          .extracting(family -> family.name)
          .contains("jvm_threads_current", "jvm");
    }
  }
}
