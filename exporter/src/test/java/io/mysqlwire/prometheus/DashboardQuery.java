package io.mysqlwire.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A query of a panel, an annotation or a variable.
 *
 * @param dashboard file it is in
 * @param panel title of the panel, or name of the other
 * @param expression PromQL with Grafana's variables
 */
record DashboardQuery(String dashboard, String panel, String expression) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), \\w+\\)");

  /** Reads the queries of all dashboards of a directory, those in collapsed rows included. */
  static List<DashboardQuery> readAll(Path directory) throws IOException {
    List<DashboardQuery> queries = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        JsonNode dashboard = JSON.readTree(file.toFile());
        addPanels(name, dashboard.path("panels"), queries);
        addOthers(name, dashboard, queries);
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

  /** The queries of annotations, and the series that variables take their values from. */
  private static void addOthers(String file, JsonNode dashboard, List<DashboardQuery> into) {
    for (JsonNode annotation : dashboard.path("annotations").path("list")) {
      if (annotation.has("expr")) {
        into.add(query(file, annotation, annotation.path("expr").asText()));
      }
    }
    for (JsonNode variable : dashboard.path("templating").path("list")) {
      Matcher values = LABEL_VALUES.matcher(variable.path("definition").asText());
      if (values.matches()) {
        into.add(query(file, variable, values.group(1)));
      }
    }
  }

  private static DashboardQuery query(String file, JsonNode named, String expression) {
    return new DashboardQuery(file, named.path("name").asText(), expression);
  }

  /** The PromQL that Grafana sends when every variable is set to All, also those that can't be. */
  String forAll(Map<String, String> windows) {
    String text = expression;
    for (Map.Entry<String, String> window : windows.entrySet()) {
      text = text.replace(window.getKey(), window.getValue());
    }
    return text.replaceAll("=~?\"\\$[a-z_]+\"", "=~\".+\"");
  }
}
