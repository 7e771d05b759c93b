package io.mysqlwire.exporter.health;

import io.mysqlwire.exporter.health.DecisionTable.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The verdict on one server, which changes once another has held for long enough. */
final class VerdictHistory {
  private static final int MOST_CHANGES = 10;

  private final Deque<Verdict> changes = new ArrayDeque<>();
  private Verdict current;
  private long doubtedSince;
  private boolean isDoubted;
  private Reason doubtedFor = Reason.UNKNOWN;
  private long doubtedForSince;

  VerdictHistory(Instant now) {
    current = new Verdict(Reason.UNKNOWN, now, "nothing is known yet");
    changes.addFirst(current);
  }

  /**
   * Takes what the table says now.
   *
   * @param nanos {@link System#nanoTime}, for durations: the clock may be set
   */
  Verdict offer(Line line, String evidence, long nanos, Instant now) {
    if (line.reason() == current.reason()) {
      isDoubted = false;
      current = new Verdict(current.reason(), current.since(), evidence);
      return current;
    }
    if (!isDoubted) {
      isDoubted = true;
      doubtedSince = nanos;
    }
    if (doubtedFor != line.reason() || doubtedSince == nanos) {
      doubtedFor = line.reason();
      doubtedForSince = nanos;
    }
    if (heldFor(nanos).compareTo(line.heldFor()) >= 0 || isFirst()) {
      isDoubted = false;
      current = new Verdict(line.reason(), now, evidence);
      changes.addFirst(current);
      while (changes.size() > MOST_CHANGES) {
        changes.removeLast();
      }
    }
    return current;
  }

  /** One fault can show in several ways, one after the other: what counts is since when. */
  private Duration heldFor(long nanos) {
    boolean isFault = doubtedFor != Reason.OK && doubtedFor != Reason.UNKNOWN;
    return Duration.ofNanos(nanos - (isFault ? doubtedSince : doubtedForSince));
  }

  /** That it works is good to know from the start; a fault has to hold as ever. */
  private boolean isFirst() {
    return changes.size() == 1 && doubtedFor == Reason.OK && current.reason() == Reason.UNKNOWN;
  }

  /** The last ones, youngest first; the current one with its evidence of then. */
  List<Verdict> changes() {
    return List.copyOf(changes);
  }
}
