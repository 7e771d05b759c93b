package io.mysqlwire.exporter.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The word somebody most likely meant. */
final class Suggestion {
  private Suggestion() {}

  /** The nearest of {@code candidates}, when it is near enough to be worth saying. */
  static Optional<String> nearest(String word, Collection<String> candidates) {
    int near = Math.max(2, word.length() / 3);
    return candidates.stream()
        .filter(candidate -> distance(word, candidate) <= near)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Levenshtein distance: insertions, deletions and substitutions to get from a to b. */
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
