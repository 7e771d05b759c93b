package io.mysqlwire.exporter.health.traffic;

import io.mysqlwire.bpf.WireSnapshot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** The counters of one server over the last half minute, a reading a second. */
final class TrafficHistory {
  /** What happened within it happens now. */
  static final double WINDOW_SECONDS = 3;

  private static final long SECOND = 1_000_000_000L;
  private static final long WINDOW = (long) (WINDOW_SECONDS * SECOND);

  /** Who wrote within it writes now: two readings, of which one may be late. */
  private static final long WRITING = 2 * SECOND;

  /** What is usual is learnt from this time. */
  private static final long LEARNING = 30 * SECOND;

  private final int slowBucket;
  private final Deque<Reading> readings = new ArrayDeque<>();
  private long lastAnswer;
  private boolean answeredOnce;
  private double usual;

  private record Reading(long at, Sums sums) {}

  /**
   * Of a server that was not seen before.
   *
   * @param thresholdSeconds fsyncs that take longer are slow, those of the bucket that holds the
   *     threshold left out
   */
  TrafficHistory(double thresholdSeconds) {
    int bucket = 1;
    while (bucket < WireSnapshot.LATENCY_BUCKETS - 1
        && WireSnapshot.latencyBound(bucket - 1) < thresholdSeconds) {
      bucket++;
    }
    slowBucket = bucket;
  }

  /** Takes the next reading, at {@code now} by {@link System#nanoTime}. */
  void offer(long now, Sums sums) {
    Reading last = readings.peekLast();
    if (last != null && sums.answered < last.sums().answered) {
      readings.clear(); // loaded anew, or a backend was left out
      last = null;
    }
    if (last != null && sums.answered > last.sums().answered) {
      lastAnswer = now;
      answeredOnce = true;
    }
    readings.addLast(new Reading(now, sums));
    while (now - readings.getFirst().at() > LEARNING + WINDOW) {
      readings.removeFirst();
    }
    if (lastAnswer == now && readings.size() > 1) {
      Reading first = readings.getFirst();
      usual = (sums.answered - first.sums().answered) * (double) SECOND / (now - first.at());
    }
  }

  /** How things stand at {@code now}. */
  Traffic at(long now) {
    Reading last = readings.peekLast();
    if (last == null) {
      return Traffic.NONE;
    }
    Sums sums = last.sums();
    Sums before = asOf(now - WINDOW).sums();
    long slow = 0;
    for (int i = slowBucket; i < sums.fsyncs.length; i++) {
      slow += Math.max(0, sums.fsyncs[i] - before.fsyncs[i]);
    }
    return new Traffic(
        sums.answered - before.answered,
        usual,
        answeredOnce ? (now - lastAnswer) / (double) SECOND : Double.POSITIVE_INFINITY,
        sums.waiting,
        sums.waiting == 0 ? 0 : sums.oldestSeconds + (now - last.at()) / (double) SECOND,
        sums.connections,
        Math.max(0, sums.logins - before.logins),
        Math.max(0, sums.errors(Meaning.REFUSED) - before.errors(Meaning.REFUSED)),
        newVictims(Meaning.READ_ONLY, sums, before),
        newVictims(Meaning.NO_SPACE, sums, before),
        slow,
        sums.writes - asOf(now - WRITING).sums().writes,
        sums.fsync);
  }

  /** The youngest reading of that moment or before, or else the oldest there is. */
  private Reading asOf(long moment) {
    Reading start = readings.getFirst();
    for (Reading reading : readings) {
      if (reading.at() > moment) {
        break;
      }
      start = reading;
    }
    return start;
  }

  private static long newVictims(Meaning meaning, Sums now, Sums before) {
    Map<String, Long> known = before.victims.getOrDefault(meaning, Map.of());
    return now.victims.getOrDefault(meaning, Map.of()).entrySet().stream()
        .filter(victim -> victim.getValue() > known.getOrDefault(victim.getKey(), 0L))
        .count();
  }
}
