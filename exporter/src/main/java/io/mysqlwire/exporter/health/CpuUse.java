package io.mysqlwire.exporter.health;

import java.util.ArrayDeque;
import java.util.Deque;

/** How much of a CPU a process used over the last seconds. */
final class CpuUse {
  private static final long WINDOW = 2_000_000_000L;

  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long at, double seconds) {}

  /** Another process. */
  void begin() {
    samples.clear();
  }

  void offer(long now, double seconds) {
    samples.addLast(new Sample(now, seconds));
    while (samples.size() > 2 && now - samples.getFirst().at() > WINDOW) {
      samples.removeFirst();
    }
  }

  /** 1 for all of one CPU; 1 also while that is not known, for then it may be at work. */
  double recent() {
    if (samples.size() < 2) {
      return 1;
    }
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    return (last.seconds() - first.seconds()) * 1e9 / Math.max(1, last.at() - first.at());
  }
}
