package io.mysqlwire.readme;

import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.exporter.build.BuildIdentity;
import io.mysqlwire.exporter.collector.BuildCollector;
import io.mysqlwire.exporter.collector.ExpositionText;
import io.mysqlwire.exporter.collector.Snapshots;
import io.mysqlwire.exporter.collector.WireCollector;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What can be on the metrics page, as the page itself says it, but for the JVM's own families. */
final class MetricTable {
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\",?");
  private static final String KEY = "`server`, `backend`, `user`";

  /** What is there only under a condition. */
  private static final Map<String, String> CONDITIONS =
      Map.of(
          "mysql_wire_fsync_seconds", "Tracing tap only.",
          "mysql_wire_backend_info", "With `--backend.names`.",
          "mysql_wire_bpf_program_runs_total", "With `sysctl kernel.bpf_stats_enabled=1`.",
          "mysql_wire_bpf_program_seconds_total", "With `sysctl kernel.bpf_stats_enabled=1`.");

  /** A family of the page. */
  private static final class Family {
    private final String help;
    private String type = "";
    private final Set<String> labels = new LinkedHashSet<>();

    private Family(String help) {
      this.help = help;
    }
  }

  private MetricTable() {}

  static String markdown() throws IOException {
    StringBuilder table =
        new StringBuilder("| metric | type | labels | meaning |\n|---|---|---|---|\n");
    families(page()).forEach((name, family) -> table.append(row(name, family)));
    return table.toString();
  }

  /** One with everything there is to see. */
  private static String page() throws IOException {
    return ExpositionText.of(
        new WireCollector(
            Snapshots::sample,
            () -> Snapshots.loaded(TapChoice.TRACING),
            () -> 0,
            backend -> Optional.of("checkout-1"),
            Snapshots::servers),
        new BuildCollector(new BuildIdentity("1.2.3", "4d5e6f"), "17"));
  }

  private static Map<String, Family> families(String page) {
    Map<String, Family> families = new LinkedHashMap<>();
    Family family = new Family("");
    for (String line : page.lines().toList()) {
      String[] words = line.split(" ", 4);
      if (line.startsWith("# HELP ")) {
        family = new Family(words[3].replace("\\\\", "\\"));
        families.put(words[2], family);
      } else if (line.startsWith("# TYPE ")) {
        family.type = words[3];
      } else if (line.contains("{")) {
        Matcher label = LABEL.matcher(line.substring(line.indexOf('{') + 1));
        while (label.lookingAt()) {
          family.labels.add(label.group(1));
          label.region(label.end(), label.regionEnd());
        }
      }
    }
    families.values().forEach(each -> each.labels.remove("le")); // every histogram has it
    return families;
  }

  private static String row(String name, Family family) {
    String labels =
        family.labels.stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
    String condition = CONDITIONS.getOrDefault(name, "");
    return String.format(
        "| `%s` | %s | %s | %s |%n",
        name, family.type, labels.replace(KEY, "K"), (family.help + " " + condition).strip());
  }
}
