package io.mysqlwire.packages;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Which package refers to which.
 *
 * @param uses for each package those that its classes name
 */
record PackageGraph(Map<String, Set<String>> uses) {
  /** How jdeps prints one: {@code io.mysqlwire.exporter.cli -> io.mysqlwire.bpf ...}. */
  private static final Pattern USE = Pattern.compile("(?m)^ +(\\S+) +-> (\\S+)");

  /**
   * What the JDK's jdeps finds in compiled classes.
   *
   * @param locations folders or jars
   * @param prefix of the packages that count
   */
  static PackageGraph of(List<String> locations, String prefix) {
    ToolProvider jdeps =
        ToolProvider.findFirst("jdeps")
            .orElseThrow(() -> new IllegalStateException("this is no JDK: it has no jdeps"));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-verbose:package", "--multi-release", "base"));
    arguments.addAll(locations);
    int status =
        jdeps.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            arguments.toArray(String[]::new));
    if (status != 0) {
      throw new IllegalStateException("jdeps: " + out + err);
    }
    Map<String, Set<String>> uses = new TreeMap<>();
    Matcher use = USE.matcher(out.toString());
    while (use.find()) {
      if (use.group(1).startsWith(prefix) && use.group(2).startsWith(prefix)) {
        uses.computeIfAbsent(use.group(1), from -> new TreeSet<>()).add(use.group(2));
      }
    }
    return new PackageGraph(uses);
  }

  /** The shortest way from a package back to itself, which it begins and ends with. */
  Optional<List<String>> cycle() {
    return uses.keySet().stream()
        .flatMap(start -> wayBack(start).stream())
        .min(Comparator.comparingInt(List::size));
  }

  /** Breadth first, so that the first way found is the shortest. */
  private Optional<List<String>> wayBack(String start) {
    Map<String, String> cameFrom = new HashMap<>();
    Deque<String> next = new ArrayDeque<>(List.of(start));
    while (!next.isEmpty()) {
      String at = next.remove();
      for (String used : uses.getOrDefault(at, Set.of())) {
        if (cameFrom.putIfAbsent(used, at) == null) {
          next.add(used);
        }
      }
    }
    if (!cameFrom.containsKey(start)) {
      return Optional.empty();
    }
    Deque<String> way = new ArrayDeque<>(List.of(start));
    @Nullable String at = cameFrom.get(start);
    while (at != null && !at.equals(start)) {
      way.addFirst(at);
      at = cameFrom.get(at);
    }
    way.addFirst(start);
    return Optional.of(List.copyOf(way));
  }
}
