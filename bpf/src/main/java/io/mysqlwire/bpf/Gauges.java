package io.mysqlwire.bpf;

import java.util.HashMap;
import java.util.Map;

/** What is open and in flight now, by id of the backend. */
final class Gauges {
  private final Map<Integer, Gauge> byBackend = new HashMap<>();
  private int used;

  /** Of one backend. */
  static final class Gauge {
    private final long[] opaque = new long[MapLayout.OPAQUE_REASONS.get()];
    private long connections;
    private long commands;
    private long oldest;

    void addConnection() {
      connections++;
    }

    /** Commands of one connection, the oldest of them so many nanoseconds old. */
    void addCommands(long inFlight, long age) {
      commands += inFlight;
      oldest = Math.max(oldest, age);
    }

    /** A connection that was added can't be read, for the {@link OpaqueReason} of this index. */
    void addOpaque(int reason) {
      opaque[reason]++;
    }

    long connections() {
      return connections;
    }

    long commands() {
      return commands;
    }

    /** Age of the oldest command in flight, in nanoseconds; 0 when there is none. */
    long oldest() {
      return oldest;
    }

    /** Connections that can't be read, for the {@link OpaqueReason} of this index. */
    long opaque(int reason) {
      return opaque[reason];
    }
  }

  Gauge of(int backend) {
    return byBackend.computeIfAbsent(backend, unused -> new Gauge());
  }

  void addUsed(int places) {
    used += places;
  }

  /** Places of the map that are taken, connections without a backend included. */
  int used() {
    return used;
  }
}
