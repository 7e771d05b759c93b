package io.mysqlwire.testing;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Counts by name, to be compared with those of another source. */
public final class Tally {
  private final TreeMap<String, Long> counts = new TreeMap<>();

  /** Adds; a count of 0 leaves no trace, so that sources need not agree on what to mention. */
  public void add(String name, long count) {
    if (count != 0) {
      counts.merge(name, count, Long::sum);
    }
  }

  public long get(String name) {
    return counts.getOrDefault(name, 0L);
  }

  /** All counts together. */
  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** A copy with those names only. */
  public Tally matching(Predicate<String> names) {
    Tally tally = new Tally();
    counts.forEach((name, count) -> tally.add(name, names.test(name) ? count : 0));
    return tally;
  }

  /** A copy, sorted by name. */
  public Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }

  /** A line for each name on which the two differ; empty when they are equal. */
  public String difference(Tally other) {
    TreeSet<String> names = new TreeSet<>(counts.keySet());
    names.addAll(other.counts.keySet());
    StringBuilder lines = new StringBuilder();
    for (String name : names) {
      long mine = get(name);
      long theirs = other.get(name);
      if (mine != theirs) {
        lines.append(String.format("%n%-70s %12d %12d %+d", name, mine, theirs, theirs - mine));
      }
    }
    return lines.toString();
  }

  @Override
  public String toString() {
    StringBuilder lines = new StringBuilder();
    counts.forEach((name, count) -> lines.append(String.format("%-70s %12d%n", name, count)));
    return lines.toString();
  }
}
