package io.mysqlwire.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads all maps of one tap: one native call per map, into buffers that are kept. Not thread-safe.
 */
@SuppressWarnings("EnumOrdinal") // the orders are the agreement with connection.h and layout.h
final class SnapshotReader {
  private static final List<String> PROGRAMS =
      List.of(
          "command_arrives",
          "command_arrives_bounded",
          "response_leaves",
          "response_leaves_bounded",
          "response_sent",
          "response_sent_2",
          "response_sent_3",
          "response_sent_4",
          "connection_closes",
          "fsync_called",
          "fsync_returned",
          "fdatasync_called",
          "fdatasync_returned");
  private static final Backend OTHER = new Backend("other", "other", "");

  private static final ResponseType[] RESPONSE_TYPES = ResponseType.values();
  private static final OpaqueReason[] OPAQUE_REASONS = OpaqueReason.values();

  private final long handle;
  private final int maxIdentities;
  private final int maxErrors;
  private final int maxConnections;
  private final ByteBuffer identities;
  private final ByteBuffer errors;
  private final ByteBuffer lost;
  private final ByteBuffer gauges;
  private final ByteBuffer gaugesUsed;
  private final @Nullable FsyncReader fsyncs;
  private final KnownBackends known = new KnownBackends();
  private ByteBuffer counters = buffer(0);
  private LongBuffer counterWords = counters.asLongBuffer();

  /** Takes over a reader of {@link Native}. */
  SnapshotReader(long handle) {
    this.handle = handle;
    maxIdentities = Native.maxEntries(handle, "backend_ids");
    maxErrors = Native.maxEntries(handle, "errors");
    maxConnections = Native.maxEntries(handle, "gauges");
    identities = buffer((long) maxIdentities * (MapLayout.IDENTITY.padded() + 8));
    errors = buffer((long) maxErrors * (MapLayout.ERROR.padded() + 8));
    lost = buffer((long) MapLayout.LOST_REASONS.get() * 16);
    gauges = buffer((long) maxConnections * gaugeElement());
    gaugesUsed = buffer(16);
    fsyncs = Native.maxEntries(handle, "fsyncs") > 0 ? new FsyncReader(handle) : null;
  }

  void close() {
    Native.closeReader(handle);
  }

  WireSnapshot read() {
    long now = System.nanoTime(); // CLOCK_MONOTONIC, as bpf_ktime_get_ns()
    Map<Integer, Backend> backends = readIdentities();
    Gauges open = readGauges(now);
    Map<String, OpaqueCount[]> opaque = new LinkedHashMap<>();
    List<BackendCounters> counted = readCounters(backends, open, opaque);
    List<ErrorCount> errorCounts = readErrors(backends, counted);
    int errorEntries = errorCounts.size();
    List<OpaqueCount> opaqueCounts = new ArrayList<>();
    opaque.values().forEach(counts -> opaqueCounts.addAll(List.of(counts)));
    addOverflow(errorCounts, counted);
    List<MapFill> maps = new ArrayList<>();
    maps.add(new MapFill("backend_ids", backends.size() - 1, maxIdentities));
    maps.add(new MapFill("errors", errorEntries, maxErrors));
    maps.add(new MapFill("gauges", open.used, maxConnections));
    List<FsyncCounters> fsyncCounts = List.of();
    if (fsyncs != null) {
      fsyncCounts = fsyncs.read();
      maps.add(FsyncReader.fill(fsyncCounts));
    }
    return new WireSnapshot(
        counted, errorCounts, readLost(), opaqueCounts, fsyncCounts, maps, readStatistics());
  }

  static ByteBuffer buffer(long bytes) {
    return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
  }

  private int readMap(String map, ByteBuffer buffer, int limit) {
    return readMap(handle, map, buffer, limit);
  }

  static int readMap(long handle, String map, ByteBuffer buffer, int limit) {
    long elements = Native.read(handle, map, buffer, limit);
    if (elements < 0) {
      throw new IllegalStateException(
          "reading map " + map + " failed: " + Native.errorText((int) -elements));
    }
    return (int) elements;
  }

  private Map<Integer, Backend> readIdentities() {
    int n = readMap("backend_ids", identities, maxIdentities);
    Map<Integer, Backend> backends = new HashMap<>();
    backends.put(0, OTHER);
    int key = MapLayout.IDENTITY.padded();
    for (int i = 0; i < n; i++) {
      int at = i * (key + 8);
      int id = identities.getInt(at + key);
      backends.put(id, known.of(id, identities, at, this::identity));
    }
    known.keepOnly(backends);
    return backends;
  }

  private Backend identity(int at) {
    int zone = at + MapLayout.IDENTITY_ZONE.get();
    String server =
        ServerLabel.of(
            identities,
            at + MapLayout.IDENTITY_SERVER.get(),
            at + MapLayout.IDENTITY_PORT.get(),
            zone,
            at + MapLayout.IDENTITY_NAMESPACE.get());
    if (identities.get(at + MapLayout.IDENTITY_OTHER.get()) != 0) {
      return new Backend(server, "other", "");
    }
    int backend = at + MapLayout.IDENTITY_BACKEND.get();
    return new Backend(
        server, Address.text(identities, backend, identities.getInt(zone)), user(at));
  }

  /** Longer than any name that is not cut, so no other account's. */
  private String user(int at) {
    String user = text(identities, at + MapLayout.IDENTITY_USER.get(), MapLayout.USER_MAX.get());
    return identities.get(at + MapLayout.IDENTITY_CUT.get()) == 0 ? user : user + "…";
  }

  /** UTF-8 in an array of {@code room} bytes; ends with NUL, unless it fills the array. */
  static String text(ByteBuffer buffer, int at, int room) {
    int length = 0;
    while (length < room && buffer.get(at + length) != 0) {
      length++;
    }
    byte[] bytes = new byte[length];
    buffer.get(at, bytes);
    return AccountName.of(bytes);
  }

  /** Gauges by backend id. */
  private static final class Gauges {
    private final Map<Integer, long[]> byBackend = new HashMap<>();
    private int used;

    /** Connections, commands in flight, age of the oldest in ns, then opaque connections. */
    long[] of(int id) {
      return byBackend.computeIfAbsent(id, unused -> new long[3 + MapLayout.OPAQUE_REASONS.get()]);
    }
  }

  private Gauges readGauges(long now) {
    Gauges open = new Gauges();
    readMap("gauges_used", gaugesUsed, 1);
    // A connection that takes a higher one just now is for the next snapshot.
    int n = readMap("gauges", gauges, gaugesUsed.getInt(8 + MapLayout.GAUGES_USED_PEAK.get()));
    for (int i = 0; i < n; i++) {
      addGauge(open, i * gaugeElement() + 8, now);
    }
    return open;
  }

  private static int gaugeElement() {
    return 8 + MapLayout.GAUGE.padded();
  }

  private void addGauge(Gauges open, int at, long now) {
    open.used += gauges.getInt(at + MapLayout.GAUGE_USED.get());
    int backend = gauges.getInt(at + MapLayout.GAUGE_BACKEND.get());
    if (backend == 0) {
      return;
    }
    long[] gauge = open.of(backend - 1);
    gauge[0]++;
    long waiting = gauges.getLong(at + MapLayout.GAUGE_WAITING.get());
    int shift = MapLayout.WAITING_COMMANDS_SHIFT.get();
    if (waiting >>> shift != 0) {
      long arrived = (waiting & (1L << shift) - 1) << MapLayout.WAITING_TIME_SHIFT.get();
      gauge[1] += waiting >>> shift;
      gauge[2] = Math.max(gauge[2], now - arrived);
    }
    int opaque = gauges.getInt(at + MapLayout.GAUGE_OPAQUE.get());
    if (opaque > 0 && opaque <= MapLayout.OPAQUE_REASONS.get()) {
      gauge[2 + opaque]++;
    }
  }

  private List<BackendCounters> readCounters(
      Map<Integer, Backend> backends, Gauges open, Map<String, OpaqueCount[]> opaque) {
    int limit = 1 + backends.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    int element = 8 + MapLayout.COUNTERS.get();
    if (counters.capacity() < (long) limit * element) {
      counters = buffer((long) limit * element * 5 / 4); // some may come before the next scrape
      counterWords = counters.asLongBuffer();
    }
    int n = readMap("backend_counters", counters, limit);
    List<BackendCounters> counted = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int id = counters.getInt(i * element);
      Backend backend = backends.get(id);
      if (backend == null) {
        continue;
      }
      long[] gauge = open.of(id);
      BackendCounters one = counters(backend, i * element + 8, gauge);
      if (id == 0 && one.connectionsOpened() == 0) {
        continue;
      }
      counted.add(one);
      addOpaque(opaque, backend.server(), i * element + 8, gauge);
    }
    return counted;
  }

  private BackendCounters counters(Backend backend, int at, long[] gauge) {
    return new BackendCounters(
        backend,
        longs(at + MapLayout.COUNTERS_RESPONSES.get(), MapLayout.RESPONSE_TYPES.get()),
        longs(at + MapLayout.COUNTERS_COMMANDS.get(), MapLayout.COMMAND_CLASSES.get()),
        counters.getLong(at + MapLayout.COUNTERS_BYTES.get()),
        counters.getLong(at + MapLayout.COUNTERS_ROWS.get()),
        counters.getLong(at + MapLayout.COUNTERS_OPENED.get()),
        longs(at + MapLayout.COUNTERS_LATENCY.get(), MapLayout.LATENCY_BUCKETS.get()),
        counters.getLong(at + MapLayout.COUNTERS_LATENCY_NS.get()) / 1e9,
        counters.getLong(at + MapLayout.COUNTERS_COMMAND_NS.get()) / 1e9,
        gauge[0],
        gauge[1],
        gauge[2] / 1e9);
  }

  private long[] longs(int at, int n) {
    long[] values = new long[n];
    counterWords.get(at / Long.BYTES, values);
    return values;
  }

  static long[] longs(ByteBuffer buffer, int at, int n) {
    long[] values = new long[n];
    for (int i = 0; i < n; i++) {
      values[i] = buffer.getLong(at + 8 * i);
    }
    return values;
  }

  private void addOpaque(Map<String, OpaqueCount[]> opaque, String server, int at, long[] gauge) {
    OpaqueCount[] sums =
        opaque.computeIfAbsent(server, unused -> new OpaqueCount[OPAQUE_REASONS.length]);
    for (int i = 0; i < OPAQUE_REASONS.length; i++) {
      OpaqueReason reason = OPAQUE_REASONS[i];
      long unclassified = counters.getLong(at + MapLayout.COUNTERS_UNCLASSIFIED.get() + 8 * i);
      @Nullable OpaqueCount before = sums[i];
      if (before != null && gauge[3 + i] == 0 && unclassified == 0) {
        continue; // adds nothing, which is the rule
      }
      sums[i] =
          new OpaqueCount(
              server,
              reason,
              gauge[3 + i] + (before == null ? 0 : before.connections()),
              unclassified + (before == null ? 0 : before.unclassified()));
    }
  }

  private List<ErrorCount> readErrors(
      Map<Integer, Backend> backends, List<BackendCounters> counted) {
    int n = readMap("errors", errors, maxErrors);
    List<ErrorCount> counts = new ArrayList<>(n + counted.size());
    int key = MapLayout.ERROR.padded();
    for (int i = 0; i < n; i++) {
      int at = i * (key + 8);
      // A backend that came up since the identities were read is for the next snapshot.
      Backend backend = backends.get(errors.getInt(at + MapLayout.ERROR_BACKEND.get()));
      if (backend != null) {
        counts.add(
            new ErrorCount(
                backend,
                RESPONSE_TYPES[errors.get(at + MapLayout.ERROR_TYPE.get())],
                Short.toUnsignedInt(errors.getShort(at + MapLayout.ERROR_CODE.get())),
                errors.getLong(at + key)));
      }
    }
    return counts;
  }

  /** Errors that found no room in their map were counted beside the other responses. */
  private static void addOverflow(List<ErrorCount> errors, List<BackendCounters> counted) {
    for (BackendCounters one : counted) {
      for (ResponseType type : RESPONSE_TYPES) {
        long overflow = one.responses()[type.ordinal()];
        if (type.hasErrorCode() && overflow > 0) {
          errors.add(new ErrorCount(one.backend(), type, ErrorCount.OTHER_CODES, overflow));
          one.responses()[type.ordinal()] = 0;
        }
      }
    }
  }

  private Map<LostReason, Long> readLost() {
    int n = readMap("lost", lost, MapLayout.LOST_REASONS.get());
    Map<LostReason, Long> counts = new EnumMap<>(LostReason.class);
    LostReason[] reasons = LostReason.values();
    for (int i = 0; i < n; i++) {
      counts.put(reasons[lost.getInt(i * 16)], lost.getLong(i * 16 + 8));
    }
    return counts;
  }

  private List<ProgramStatistics> readStatistics() {
    List<ProgramStatistics> statistics = new ArrayList<>();
    long[] figures = new long[2];
    for (String program : PROGRAMS) {
      if (Native.statistics(handle, program, figures) == 0 && figures[0] > 0) {
        statistics.add(new ProgramStatistics(program, figures[0], figures[1] / 1e9));
      }
    }
    return statistics;
  }
}
