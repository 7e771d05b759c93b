package io.mysqlwire.exporter.status;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the counters were at a few moments of the last minute: rates are the difference to one of
 * them.
 *
 * <p>Samples are taken when somebody looks, but never closer together than {@link #SPACING}. So
 * there is no thread that works while nobody looks, and however many people look, and however
 * often, all see rates over the same ten seconds or a little more.
 *
 * <p>Of each counter the low 32 bits are kept: within the minute none counts to 2^31. A counter
 * that is not in a sample was 0 then; one that is smaller than it was began anew.
 */
final class RecentSamples {
  private static final long SECOND = 1_000_000_000L;

  /** Closest distance of two samples. */
  static final long SPACING = 5 * SECOND;

  /** Length of the window that rates are computed over, once there are samples enough. */
  static final long WINDOW = 10 * SECOND;

  /** A shorter window would make a single error look like many. */
  static final long SHORTEST = SECOND * 9 / 10;

  /** What happened a minute ago is not "now". */
  static final long LONGEST = 60 * SECOND;

  /** With these, one is always old enough when people look all the time. */
  private static final int SAMPLES = 4;

  private final long[] takenAt = new long[SAMPLES];
  private int taken;
  private Map<Object, int[]> values = Map.of();

  /**
   * The sample to compare with.
   *
   * @param index which one
   * @param nanoseconds how long ago it was taken
   */
  record Baseline(int index, long nanoseconds) {
    double seconds() {
      return nanoseconds / (double) SECOND;
    }
  }

  /** Takes a sample, unless the last one is too close. */
  void offer(long now, Totals totals) {
    if (taken > 0 && now - takenAt[(taken - 1) % SAMPLES] < SPACING) {
      return;
    }
    int index = taken % SAMPLES;
    Map<Object, int[]> next = new HashMap<>(totals.byKey().size() * 2);
    totals
        .byKey()
        .forEach(
            (key, columns) -> {
              int[] line = values.getOrDefault(key, new int[SAMPLES * columns.length]);
              for (int i = 0; i < columns.length; i++) {
                line[index * columns.length + i] = (int) columns[i];
              }
              next.put(key, line);
            });
    values = next; // without those that are gone
    takenAt[index] = now;
    taken++;
  }

  /** The youngest sample that fills the window, or else the oldest of those that do not. */
  Optional<Baseline> baseline(long now) {
    Optional<Baseline> best = Optional.empty();
    for (int i = 1; i <= Math.min(taken, SAMPLES); i++) {
      int index = (taken - i) % SAMPLES;
      long age = now - takenAt[index];
      if (age >= SHORTEST && age <= LONGEST) {
        best = Optional.of(new Baseline(index, age));
        if (age >= WINDOW) {
          break;
        }
      }
    }
    return best;
  }

  /** By how much each column has grown since then. */
  long[] increase(Baseline since, Object key, long[] columns) {
    int[] line = values.get(key);
    if (line == null) {
      return columns.clone();
    }
    long[] increase = new long[columns.length];
    for (int i = 0; i < columns.length; i++) {
      int difference = (int) columns[i] - line[since.index() * columns.length + i];
      increase[i] = difference >= 0 ? difference : columns[i];
    }
    return increase;
  }
}
