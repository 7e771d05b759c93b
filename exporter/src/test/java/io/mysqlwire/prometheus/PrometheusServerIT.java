package io.mysqlwire.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlwire.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@link PrometheusIT} relies on, seen on a Prometheus that scrapes itself. */
@Timeout(180)
final class PrometheusServerIT {
  private static final String RULES =
      """
      groups:
        - name: self
          rules:
            - record: job:up:count
              expr: count by (job) (up)
            - alert: Always
              expr: vector(1)
              for: 1h
            - alert: Never
              expr: vector(0) > 0
            - record: job:broken
              expr: label_replace(up, "job", "", "instance", ".*") * on () up
      """;

  @Test
  void shouldTellOfTargetsRulesAndSamples(@TempDir Path directory) throws Exception {
    Path rules = Files.writeString(directory.resolve("rules.yml"), RULES);
    // Port 1 has no listener: a second target with nothing behind it.
    try (PrometheusServer server =
        PrometheusServer.start(Map.of("self", "", "nobody", "127.0.0.1:1"), List.of(rules))) {
      PrometheusApi api = server.api();

      Await.until("both targets scraped", () -> api.query("up").size() == 2);
      assertThat(api.targets()).hasSize(2).anySatisfy(t -> assertThat(t.health()).isEqualTo("up"));
      assertThat(api.targets()).anySatisfy(t -> assertThat(t.lastError()).contains("refused"));

      Await.until("rules evaluated", () -> api.query("job:up:count").size() == 2);
      assertThat(api.rules())
          .extracting(rule -> rule.name() + " " + rule.health() + " " + rule.state())
          .contains(
              "job:up:count ok ", "Always ok pending", "Never ok inactive", "job:broken err ");

      List<Sample> samples = api.query("label_replace(1 / vector(0), \"a\", \"b\", \"\", \"\")");
      assertThat(samples).containsExactly(new Sample(Map.of("a", "b"), Double.POSITIVE_INFINITY));
      assertThatThrownBy(() -> api.query("sum("))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("unclosed left parenthesis");
    }
  }
}
