package io.mysqlwire.exporter.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.WireSnapshot;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Families written straight from the counters say what simpleclient says of the same snapshot: the
 * same samples in the same order with the same labels, to the byte, and equal values.
 */
class EquivalenceTest {
  private static final int SNAPSHOTS = 500;

  @ParameterizedTest
  @EnumSource(ExpositionFormat.class)
  void shouldSayTheSameOfRandomSnapshots(ExpositionFormat format) throws Exception {
    for (long seed = 0; seed < SNAPSHOTS; seed++) {
      WireSnapshot snapshot = RandomSnapshot.of(seed);
      Map<String, MetricFamilySamples> expected = SimpleclientFamilies.of(snapshot);
      int compared = 0;
      for (ExposedFamily family : families(snapshot)) {
        MetricFamilySamples reference = expected.get(family.name());
        if (reference != null) {
          compared++;
          assertThat(samples(Texts.of(List.of(family), format)))
              .as("seed %d, family %s", seed, family.name())
              .isEqualTo(samples(Texts.of(List.of(new SampledFamily(reference)), format)));
        }
      }
      assertThat(compared).isEqualTo(expected.size());
    }
  }

  @ParameterizedTest
  @EnumSource(ExpositionFormat.class)
  void shouldChooseTheSamePartsOfRandomSnapshots(ExpositionFormat format) throws Exception {
    for (long seed = 0; seed < SNAPSHOTS; seed++) {
      WireSnapshot snapshot = RandomSnapshot.of(seed);
      Map<String, MetricFamilySamples> expected = SimpleclientFamilies.of(snapshot);
      Set<String> wanted =
          Set.of(
              "mysql_wire_response_seconds_sum",
              "mysql_wire_response_seconds_count",
              "mysql_wire_connections",
              "mysql_wire_commands",
              "mysql_wire_connections_opened_total");
      for (ExposedFamily family : families(snapshot)) {
        MetricFamilySamples reference = expected.get(family.name());
        if (reference != null) {
          Optional<ExposedFamily> part = family.choose(wanted);
          Optional<ExposedFamily> same = new SampledFamily(reference).choose(wanted);
          assertThat(samples(Texts.of(part.stream().toList(), format)))
              .as("seed %d, family %s", seed, family.name())
              .isEqualTo(samples(Texts.of(same.stream().toList(), format)));
        }
      }
    }
  }

  private static List<ExposedFamily> families(WireSnapshot snapshot) {
    return new WireCollector(
            () -> snapshot, () -> Snapshots.loaded(TapChoice.CGROUP), System::nanoTime)
        .collect();
  }

  /** Lines without the headers, values as what they are read back as. */
  private static List<String> samples(String text) {
    return Stream.of(text.split("\n", 0)) // not lines(): a label may have a carriage return
        .filter(line -> !line.isEmpty() && !line.startsWith("# "))
        .map(
            line -> {
              int value = line.lastIndexOf(' ') + 1;
              return line.substring(0, value) + Double.parseDouble(line.substring(value));
            })
        .toList();
  }
}
