package io.mysqlwire.exporter.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.Backend;
import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.exporter.names.BackendNames;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BackendInfoTest {
  private static final String FAMILY =
      """
      # HELP mysql_wire_backend_info Name of a backend, of those that have one, always 1.
      # TYPE mysql_wire_backend_info gauge
      """;

  @Test
  void shouldExposeTheNamesOfThoseThatHaveOne() throws IOException {
    assertThat(exposition(Snapshots::sample, named("10.0.1.4", "checkout-1")))
        .contains(
            FAMILY + "mysql_wire_backend_info{backend=\"10.0.1.4\",name=\"checkout-1\",} 1.0\n# ");
  }

  @Test
  void shouldExposeANameOnceHoweverManyAccountsAndServersThereAre() throws IOException {
    List<BackendCounters> counters = Snapshots.sample().backends();
    Supplier<WireSnapshot> twice =
        () ->
            new WireSnapshot(
                List.of(
                    renamed(counters.get(0), new Backend("10.0.0.7:3306", "10.0.1.4", "a")),
                    renamed(counters.get(0), new Backend("10.0.0.7:3307", "10.0.1.4", "b"))),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    assertThat(exposition(twice, named("10.0.1.4", "checkout-1")))
        .containsOnlyOnce("mysql_wire_backend_info{");
  }

  @Test
  void shouldLetBackendsShareANameAndEscapeIt() throws IOException {
    BackendNames same = backend -> Optional.of("a\"b\\c");
    assertThat(exposition(Snapshots::sample, same))
        .contains("{backend=\"10.0.1.4\",name=\"a\\\"b\\\\c\",} 1.0\n")
        .contains("{backend=\"2001:db8::/32\",name=\"a\\\"b\\\\c\",} 1.0\n");
  }

  @Test
  void shouldExposeNoFamilyUnlessNamesAreAskedFor() throws IOException {
    assertThat(exposition(Snapshots::sample, BackendNames.NONE)).doesNotContain("backend_info");
    assertThat(exposition(Snapshots::empty, named("10.0.1.4", "checkout-1"))).contains(FAMILY);
  }

  private static BackendNames named(String address, String name) {
    return backend -> backend.equals(address) ? Optional.of(name) : Optional.empty();
  }

  private static BackendCounters renamed(BackendCounters counters, Backend backend) {
    return new BackendCounters(
        backend,
        counters.responses(),
        counters.commands(),
        counters.bytes(),
        counters.rows(),
        counters.writes(),
        counters.connectionsOpened(),
        counters.latencyBuckets(),
        counters.latencySeconds(),
        counters.commandSeconds(),
        counters.connections(),
        counters.commandsInFlight(),
        counters.oldestCommandSeconds());
  }

  private static String exposition(Supplier<WireSnapshot> snapshots, BackendNames names)
      throws IOException {
    return ExpositionText.of(
        new WireCollector(snapshots, () -> Snapshots.loaded(TapChoice.CGROUP), () -> 0, names));
  }
}
