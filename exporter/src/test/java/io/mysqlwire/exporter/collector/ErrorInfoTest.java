package io.mysqlwire.exporter.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.WireSnapshot;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorInfoTest {
  @Test
  void shouldExposeEveryCodeSeenAlsoWhenItsBackendIsLeftOut() throws IOException {
    Deque<WireSnapshot> snapshots =
        new ArrayDeque<>(List.of(Snapshots.sample(), Snapshots.empty()));
    WireCollector wire =
        new WireCollector(snapshots::pop, () -> Snapshots.loaded(TapChoice.CGROUP), () -> 0);
    assertThat(ExpositionText.of(wire)).contains("mysql_wire_responses_total{");
    assertThat(ExpositionText.of(wire))
        .contains("mysql_wire_error_info{error_code=\"1213\"")
        .doesNotContain("mysql_wire_responses_total{");
  }
}
