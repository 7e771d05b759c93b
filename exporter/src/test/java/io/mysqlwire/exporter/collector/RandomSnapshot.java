package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.Backend;
import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.Command;
import io.mysqlwire.bpf.ErrorCount;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.bpf.WireSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Snapshots of any backends with any counts, the same for the same seed. */
final class RandomSnapshot {
  /** What is escaped, what looks like an escape, and what is no character at all. */
  private static final String[] HOSTILE = {
    "\"",
    "\\",
    "\n",
    "\\n",
    "\r",
    "\t",
    "\0",
    ",",
    "}",
    "{",
    "=",
    " ",
    "#",
    "é",
    "\ud83d\udc2c",
    "\ud83d",
    new String(new byte[] {(byte) 0xff, (byte) 0xc3}, StandardCharsets.UTF_8),
    "a",
    "root"
  };

  private final Random random;

  private RandomSnapshot(Random random) {
    this.random = random;
  }

  static WireSnapshot of(long seed) {
    return new RandomSnapshot(new Random(seed)).make();
  }

  /** Any counts of a backend. */
  static BackendCounters counters(Random random, Backend backend) {
    return new RandomSnapshot(random).counters(backend);
  }

  private WireSnapshot make() {
    List<BackendCounters> backends = new ArrayList<>();
    List<ErrorCount> errors = new ArrayList<>();
    for (int i = random.nextInt(20); i > 0; i--) {
      Backend backend = new Backend(text() + ":3306", text(), text());
      backends.add(counters(backend));
      for (int n = random.nextInt(5); n > 0; n--) {
        ResponseType type = random.nextBoolean() ? ResponseType.ERR : ResponseType.AUTH_ERR;
        errors.add(new ErrorCount(backend, type, random.nextInt(65_537) - 1, count()));
      }
    }
    return new WireSnapshot(
        backends, errors, Map.of(), List.of(), List.of(), List.of(), List.of(), List.of());
  }

  private BackendCounters counters(Backend backend) {
    return new BackendCounters(
        backend,
        counts(ResponseType.values().length),
        counts(Command.values().length),
        count(),
        count(),
        count(),
        count(),
        counts(WireSnapshot.LATENCY_BUCKETS),
        seconds(),
        seconds(),
        count(),
        count(),
        seconds());
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(HOSTILE[random.nextInt(HOSTILE.length)]);
    }
    return text.toString();
  }

  private long[] counts(int n) {
    return random.longs(n).map(unused -> count()).toArray();
  }

  /** As many of one digit as of sixteen; sums of 24 buckets stay below 2^63. */
  private long count() {
    return random.nextInt(4) == 0 ? 0 : random.nextLong() >>> (5 + random.nextInt(58));
  }

  private double seconds() {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> random.nextDouble(); // not a number of nanoseconds
      default -> count() / 1e9;
    };
  }
}
