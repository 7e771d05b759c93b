package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.Backend;
import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.Command;
import io.mysqlwire.bpf.ErrorCount;
import io.mysqlwire.bpf.FileClass;
import io.mysqlwire.bpf.FsyncCounters;
import io.mysqlwire.bpf.LostReason;
import io.mysqlwire.bpf.MapFill;
import io.mysqlwire.bpf.OpaqueCount;
import io.mysqlwire.bpf.OpaqueReason;
import io.mysqlwire.bpf.ProgramStatistics;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.TapDescription;
import io.mysqlwire.bpf.WatchedPorts;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.exporter.servers.Readability;
import io.mysqlwire.exporter.servers.WatchedServer;
import io.mysqlwire.servers.ListeningSocket;
import io.mysqlwire.servers.RunningServer;
import io.mysqlwire.servers.ServerProcess;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Snapshots made by hand, shared by tests. */
public final class Snapshots {
  /** A backend whose user name tries to break out of every format. */
  public static final Backend NASTY =
      new Backend("[::1]:3306", "2001:db8::/32", "<b>\"o'neil\"\\&\n</b>");

  private static final Backend SHOP = new Backend("10.0.0.7:3306", "10.0.1.4", "shop");
  private static final List<ResponseType> TYPES = List.of(ResponseType.values());
  private static final List<Command> COMMANDS = List.of(Command.values());

  private Snapshots() {}

  /** Nothing seen yet. */
  public static WireSnapshot empty() {
    return new WireSnapshot(
        List.of(), List.of(), Map.of(), List.of(), List.of(), List.of(), List.of());
  }

  /** Two backends, a few errors, and one of everything else. */
  public static WireSnapshot sample() {
    Map<LostReason, Long> lost = new EnumMap<>(LostReason.class);
    Arrays.stream(LostReason.values()).forEach(reason -> lost.put(reason, 0L));
    lost.put(LostReason.RESPONSE_GAP, 3L);
    return new WireSnapshot(
        List.of(
            counters(SHOP, Map.of(ResponseType.OK, 5L, ResponseType.RESULTSET, 7L)),
            counters(NASTY, Map.of(ResponseType.AUTH_OK, 1L))),
        List.of(
            new ErrorCount(SHOP, ResponseType.ERR, 1213, 2),
            new ErrorCount(SHOP, ResponseType.ERR, 45_000, 1),
            new ErrorCount(SHOP, ResponseType.ERR, 1064, 0),
            new ErrorCount(SHOP, ResponseType.ERR, ErrorCount.OTHER_CODES, 4),
            new ErrorCount(NASTY, ResponseType.AUTH_ERR, 1045, 1)),
        lost,
        List.of(
            new OpaqueCount("10.0.0.7:3306", OpaqueReason.TLS, 2, 0),
            new OpaqueCount("10.0.0.7:3306", OpaqueReason.DESYNCED, 0, 11)),
        List.of(
            new FsyncCounters("10.0.0.7:3306", FileClass.REDO, latencies(), 70.25),
            new FsyncCounters("[::1]:3306", FileClass.OTHER, latencies(), 71.5)),
        List.of(new MapFill("backends", 2, 4096)),
        List.of(new ProgramStatistics("commands", 23, 0.000004)));
  }

  /** So many backends, each with all there is to count: a scrape of a large site. */
  public static WireSnapshot of(int backends) {
    return new WireSnapshot(
        java.util.stream.IntStream.range(0, backends)
            .mapToObj(i -> new Backend("10.0.0.7:3306", "10.1." + i / 256 + "." + i % 256, "app"))
            .map(backend -> counters(backend, Map.of(ResponseType.OK, 1L)))
            .toList(),
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static BackendCounters counters(Backend backend, Map<ResponseType, Long> responses) {
    long[] byType = new long[TYPES.size()];
    responses.forEach((type, count) -> byType[TYPES.indexOf(type)] = count);
    long[] byCommand = new long[COMMANDS.size()];
    byCommand[COMMANDS.indexOf(Command.QUERY)] = 13;
    byCommand[COMMANDS.indexOf(Command.QUIT)] = 1;
    return new BackendCounters(
        backend, byType, byCommand, 1_234, 56, 3, latencies(), 70.25, 71.5, 2, 1, 0.125);
  }

  private static long[] latencies() {
    long[] latencies = new long[WireSnapshot.LATENCY_BUCKETS];
    latencies[0] = 4;
    latencies[6] = 8;
    latencies[WireSnapshot.LATENCY_BUCKETS - 1] = 1;
    return latencies;
  }

  /** One that listens on an address, and one that listens on all of them. */
  public static List<WatchedServer> servers() {
    return List.of(
        server("10.0.0.7", 3306, "8.0.15", Optional.of(true)),
        server("0.0.0.0", 3307, "10.11.14-MariaDB", Optional.of(false)));
  }

  private static WatchedServer server(
      String address, int port, String version, Optional<Boolean> offersTls) {
    return new WatchedServer(
        new RunningServer(
            new ServerProcess(port, "mysqld", 1),
            Optional.empty(),
            List.of(new ListeningSocket(literal(address), port, 0)),
            List.of(),
            "libssl.so.3",
            version,
            offersTls),
        Readability.opaque("not tried"));
  }

  private static InetAddress literal(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  /** What a tap of this kind says of itself. */
  public static TapDescription loaded(TapChoice tap) {
    return new TapDescription(
        tap, "requested", WatchedPorts.of(3306), 4096, 32, 128, 0, 1, List.of(0L), 0);
  }
}
