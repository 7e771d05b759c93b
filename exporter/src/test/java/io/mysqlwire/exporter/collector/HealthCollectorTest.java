package io.mysqlwire.exporter.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.health.Healths;
import io.mysqlwire.exporter.health.Reason;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthCollectorTest {
  private static List<String> samples(String family) {
    List<String> lines = new ArrayList<>();
    for (MetricFamilySamples samples : new HealthCollector(Healths::sample).collect()) {
      if (samples.name.equals(family)) {
        samples.samples.forEach(
            sample -> lines.add(String.join(" ", sample.labelValues) + ' ' + sample.value));
      }
    }
    return lines;
  }

  @Test
  void shouldLeaveOutWhatCantBeSaid() {
    assertThat(samples("mysql_wire_healthy")).containsExactly("10.0.0.7:3306 0.0");
  }

  @Test
  void shouldHaveExactlyOneReason() {
    assertThat(samples("mysql_wire_health"))
        .hasSize(2 * Reason.values().length)
        .filteredOn(line -> line.endsWith(" 1.0"))
        .containsExactly("10.0.0.7:3306 exhausted 1.0", "10.0.0.8:3306 unknown 1.0");
  }

  @Test
  void shouldSaySinceWhen() {
    assertThat(samples("mysql_wire_health_since_seconds"))
        .containsExactly("10.0.0.7:3306 1.7723684965E9", "10.0.0.8:3306 1.7723684965E9");
  }

  @Test
  void shouldShowProbesThatWereAsked() {
    assertThat(samples("mysql_wire_probe_success"))
        .containsExactly("10.0.0.7:3306 select_1 1.0", "10.0.0.7:3306 read 0.0");
    assertThat(samples("mysql_wire_probe_duration_seconds"))
        .containsExactly("10.0.0.7:3306 select_1 0.25", "10.0.0.7:3306 read 1.5");
    assertThat(samples("mysql_wire_probe_io_max_seconds"))
        .containsExactly("10.0.0.7:3306 redo 0.5");
  }

  @Test
  void shouldHaveNoFamilyOfProbesWithoutProbes() {
    assertThat(new HealthCollector(() -> Healths.sample().subList(1, 2)).collect())
        .extracting(family -> family.name)
        .containsExactly(
            "mysql_wire_healthy", "mysql_wire_health", "mysql_wire_health_since_seconds");
  }
}
