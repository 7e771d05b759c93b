package io.mysqlwire.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DashboardQueryTest {
  private static final String DASHBOARD =
      """
      {"panels": [
        {"title": "Row", "type": "row", "panels": [
          {"title": "Inner", "targets": [{"expr": "up"}]}
        ]},
        {"title": "Two", "targets": [{"expr": "a"}, {"expr": "b"}]}
      ],
      "annotations": {"list": [{"name": "Built in"}, {"name": "Alerts", "expr": "ALERTS"}]},
      "templating": {"list": [
        {"name": "datasource", "query": "prometheus"},
        {"name": "job", "definition": "label_values(up{a=\\"b\\"}, job)"}
      ]}}
      """;

  @Test
  void shouldReadEveryQueryAlsoInsideRowsAndOutsidePanels(@TempDir Path directory)
      throws Exception {
    Files.writeString(directory.resolve("some.json"), DASHBOARD);
    Files.writeString(directory.resolve("readme.txt"), "no dashboard");

    assertThat(DashboardQuery.readAll(directory))
        .containsExactly(
            new DashboardQuery("some.json", "Inner", "up"),
            new DashboardQuery("some.json", "Two", "a"),
            new DashboardQuery("some.json", "Two", "b"),
            new DashboardQuery("some.json", "Alerts", "ALERTS"),
            new DashboardQuery("some.json", "job", "up{a=\"b\"}"));
  }

  @Test
  void shouldSubstituteVariablesAsGrafanaDoesForAll() {
    String expression = "rate(m{job=~\"$job\",server=\"$server\",t=\"err\"}[$__rate_interval])";

    assertThat(new DashboardQuery("d", "p", expression).forAll(Map.of("$__rate_interval", "15s")))
        .isEqualTo("rate(m{job=~\".+\",server=~\".+\",t=\"err\"}[15s])");
  }
}
