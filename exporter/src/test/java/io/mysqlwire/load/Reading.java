package io.mysqlwire.load;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.MapFill;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.bpf.WireTap;
import java.util.stream.LongStream;

/**
 * What a tap says of one client address at one moment, and between which times it said so.
 *
 * @param began {@link System#nanoTime()}, the clock of the kernel programs, too
 * @param ended the same, after all was read
 * @param connections open
 * @param inFlight commands
 * @param oldestSeconds age of the oldest of them
 * @param latencyBuckets commands by latency, not cumulative
 * @param latencySeconds sum of it
 * @param commandSeconds sum of times to the last byte
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Reading(
    long began,
    long ended,
    long connections,
    long inFlight,
    double oldestSeconds,
    long[] latencyBuckets,
    double latencySeconds,
    double commandSeconds) {

  static Reading of(WireTap tap, String address) {
    long began = System.nanoTime();
    WireSnapshot snapshot = tap.read();
    long ended = System.nanoTime();
    long connections = 0;
    long inFlight = 0;
    double oldest = 0;
    long[] buckets = new long[WireSnapshot.LATENCY_BUCKETS];
    double latency = 0;
    double command = 0;
    for (BackendCounters counters : snapshot.backends()) {
      if (!counters.backend().backend().equals(address)) {
        continue;
      }
      connections += counters.connections();
      inFlight += counters.commandsInFlight();
      oldest = Math.max(oldest, counters.oldestCommandSeconds());
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] += counters.latencyBuckets()[i];
      }
      latency += counters.latencySeconds();
      command += counters.commandSeconds();
    }
    return new Reading(began, ended, connections, inFlight, oldest, buckets, latency, command);
  }

  /** Entries in use of a map. */
  static long entries(WireTap tap, String map) {
    return tap.read().maps().stream()
        .filter(fill -> fill.map().equals(map))
        .mapToLong(MapFill::entries)
        .sum();
  }

  /** Count of the histogram. */
  long answered() {
    return LongStream.of(latencyBuckets).sum();
  }

  /** Whether nothing is open and nothing waits. */
  boolean isQuiet() {
    return connections == 0 && isIdle();
  }

  /** Whether nothing waits, and no age is said of nothing. */
  boolean isIdle() {
    return inFlight == 0 && oldestSeconds == 0;
  }
}
