package io.mysqlwire.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A query of a panel.
 *
 * @param dashboard file it is in
 * @param panel title of the panel
 * @param expression PromQL with Grafana's variables
 */
record DashboardQuery(String dashboard, String panel, String expression) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads the queries of all dashboards of a directory, those in collapsed rows included. */
  static List<DashboardQuery> readAll(Path directory) throws IOException {
    List<DashboardQuery> queries = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        addPanels(
            String.valueOf(file.getFileName()),
            JSON.readTree(file.toFile()).path("panels"),
            queries);
      }
    }
    return queries;
  }

  private static void addPanels(String dashboard, JsonNode panels, List<DashboardQuery> into) {
    for (JsonNode panel : panels) {
      for (JsonNode target : panel.path("targets")) {
        into.add(
            new DashboardQuery(
                dashboard, panel.path("title").asText(), target.path("expr").asText()));
      }
      addPanels(dashboard, panel.path("panels"), into);
    }
  }

  /** The PromQL that Grafana sends when every variable is set to All. */
  String forAll(Map<String, String> windows) {
    String text = expression;
    for (Map.Entry<String, String> window : windows.entrySet()) {
      text = text.replace(window.getKey(), window.getValue());
    }
    text = text.replace("\"$user\"", "\".*\"");
    return text.replaceAll("\"\\$[a-z]+\"", "\".+\"");
  }
}
