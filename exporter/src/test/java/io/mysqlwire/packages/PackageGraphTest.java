package io.mysqlwire.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.WireReader;
import io.mysqlwire.exporter.Main;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The layers of CONTRIBUTING.md: whoever reads a package has to know only those below it. */
class PackageGraphTest {
  private static final String ROOT = "io.mysqlwire.exporter";

  private final List<String> modules = List.of(location(WireReader.class), location(Main.class));

  private static String location(Class<?> of) {
    try {
      return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldHaveNoCycle() {
    PackageGraph graph = PackageGraph.of(modules, "io.mysqlwire");
    assertThat(graph.uses()).as("what jdeps finds").containsKeys(ROOT, ROOT + ".web");
    assertThat(graph.cycle().map(way -> String.join("\n -> ", way))).as("cycle").isEmpty();
  }

  @Test
  void shouldFindTheShortestCycle() {
    PackageGraph graph =
        new PackageGraph(
            Map.of(
                "a", Set.of("b"),
                "b", Set.of("c"),
                "c", Set.of("d", "a"),
                "d", Set.of("c")));
    assertThat(graph.cycle()).hasValueSatisfying(way -> assertThat(way).hasSize(3));
  }

  @Test
  void shouldTakeADiamondForNoCycle() {
    PackageGraph graph =
        new PackageGraph(Map.of("a", Set.of("b", "c"), "b", Set.of("d"), "c", Set.of("d")));
    assertThat(graph.cycle()).isEmpty();
  }
}
