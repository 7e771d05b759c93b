package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.FileClass;
import io.mysqlwire.bpf.FsyncCounters;
import io.mysqlwire.bpf.LostReason;
import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.TapConfig;
import io.mysqlwire.bpf.WatchedPorts;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.Tally;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fsync and fdatasync of a server is counted once, and nobody else's. For VMs: needs the
 * tracing tap. Files are on an overlay there, whose fsync calls that of the file system below, or
 * in memory, where it calls nothing.
 */
@Tag("vm")
class FsyncIT {
  private static final Path OVERLAY = Path.of("/var/tmp");
  private static final String ROUTABLE = "10.77.0.1";

  static List<ServerKind> servers() {
    return ServerKind.underTest();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldCountWhatTheServerSyncs(ServerKind kind) throws Exception {
    try (EmbeddedServer server =
            EmbeddedServer.startBelow(OVERLAY, kind, FsyncWorkload.options(kind));
        FsyncWitness witness = FsyncWitness.attach(server.pid());
        FsyncCounting counting = FsyncCounting.begin(server, witness)) {
      FsyncWorkload workload = new FsyncWorkload(server);
      workload.createTables();
      workload.replicate();
      workload.insert(3, 31);
      workload.makeAndFlush();
      workload.syncElsewhere();
      if (!kind.isMariaDb()) {
        shouldAgreeWithTheServer(counting, workload);
      }
      server.end();
      witness.awaitEnd();
      Tally counted = counting.counted();
      assertThat(counting.witnessed(witness).difference(counted))
          .as("strace, kernel, difference")
          .isEmpty();
      assertThat(counted.counts().keySet()).contains("redo", "binlog", "relaylog", "data");
      assertThat(servers(counting.tap())).containsExactly("127.0.0.1:" + server.port());
      shouldHaveLostNothing(counting.tap());
      System.out.println(kind.label() + ": " + counted.counts() + ", difference 0");
    }
  }

  /** In the kernel, a write to a file that was opened with O_DSYNC ends like an fsync. */
  @Test
  void shouldNotCountWritesThatSync() throws Exception {
    ServerKind kind = ServerKind.MYSQL_8_0;
    Map<String, String> options = FsyncWorkload.options(kind);
    options.put("innodb-flush-method", "O_DSYNC");
    try (EmbeddedServer server = EmbeddedServer.startBelow(OVERLAY, kind, options);
        FsyncWitness witness = FsyncWitness.attach(server.pid());
        FsyncCounting counting = FsyncCounting.begin(server, witness)) {
      FsyncWorkload workload = new FsyncWorkload(server);
      workload.createTables();
      workload.insert(1, 17);
      server.end();
      witness.awaitEnd();
      Tally counted = counting.counted();
      assertThat(counting.witnessed(witness).difference(counted)).isEmpty();
      assertThat(counted.get(FileClass.BINLOG.label())).isGreaterThanOrEqualTo(17);
      assertThat(counted.get(FileClass.REDO.label())).as("of a checkpoint").isLessThan(17);
    }
  }

  /** MariaDB syncs its binary log once for each group of commits, and counts the groups. */
  @Test
  void shouldMissNoneUnderLoad() throws Exception {
    ServerKind kind = ServerKind.MARIADB_11_4;
    try (EmbeddedServer server = EmbeddedServer.start(kind, FsyncWorkload.options(kind));
        WireTap tap = WireTap.attach(Taps.config(server.port(), "tracing"))) {
      FsyncWorkload workload = new FsyncWorkload(server);
      workload.createTables();
      long groups = workload.status("Binlog_group_commits");
      long counted = FsyncCounting.counted(tap.read()).get(FileClass.BINLOG.label());
      workload.insert(8, 503);
      groups = workload.status("Binlog_group_commits") - groups;
      counted = FsyncCounting.counted(tap.read()).get(FileClass.BINLOG.label()) - counted;
      shouldHaveLostNothing(tap);
      assertThat(counted).isEqualTo(groups).isGreaterThanOrEqualTo(503);
      System.out.println(kind.label() + ": " + counted + " groups of commits, difference 0");
    }
  }

  /** As the other metrics have it, whatever address came first. */
  @Test
  void shouldNameTheServerByAnAddressThatIsNotLoopback() throws Exception {
    ServerKind kind = ServerKind.MARIADB_11_4;
    try (HostChanges host = new HostChanges();
        EmbeddedServer server = EmbeddedServer.start(kind, FsyncWorkload.options(kind));
        WireTap tap = WireTap.attach(Taps.config(server.port(), "tracing"))) {
      FsyncWorkload workload = new FsyncWorkload(server);
      workload.createTables();
      assertThat(servers(tap)).containsExactly("127.0.0.1:" + server.port());
      Tally before = FsyncCounting.counted(tap.read());
      host.make(ip("add"), ip("del"));
      receiveOneByte(server.port());
      workload.insert(1, 7);
      assertThat(servers(tap))
          .containsExactlyInAnyOrder("127.0.0.1:" + server.port(), ROUTABLE + ":" + server.port());
      Tally later = new Tally();
      for (FsyncCounters fsyncs : tap.read().fsyncs()) {
        if (fsyncs.server().startsWith("127.")) {
          later.add(fsyncs.file().label(), Arrays.stream(fsyncs.latencyBuckets()).sum());
        }
      }
      assertThat(before.difference(later)).as("under the address of loopback").isEmpty();
    }
  }

  @Test
  void shouldCountInTheWatchedCgroupOnly() throws Exception {
    ServerKind kind = ServerKind.MARIADB_11_4;
    Path cgroup = Taps.cgroup().resolve("mysqlwire-fsync");
    try (HostChanges host = new HostChanges()) {
      host.make(List.of("mkdir", cgroup.toString()), List.of("rmdir", cgroup.toString()));
      try (EmbeddedServer server = EmbeddedServer.start(kind, FsyncWorkload.options(kind));
          WireTap tap = WireTap.attach(within(cgroup, server.port()))) {
        FsyncWorkload workload = new FsyncWorkload(server);
        workload.createTables();
        workload.insert(1, 7);
        assertThat(tap.read().fsyncs()).isEmpty();
        Files.writeString(cgroup.resolve("cgroup.procs"), Long.toString(server.pid()));
        workload.insert(1, 7);
        assertThat(FsyncCounting.counted(tap.read()).get(FileClass.BINLOG.label()))
            .isGreaterThanOrEqualTo(7);
        shouldHaveLostNothing(tap);
      }
    }
  }

  private static void shouldAgreeWithTheServer(FsyncCounting counting, FsyncWorkload workload)
      throws Exception {
    String redo = FileClass.REDO.label();
    for (int attempt = 0; ; attempt++) {
      long before = counting.counted().get(redo);
      long server = workload.status(FsyncCounting.LOG_FSYNCS) - counting.logFsyncs();
      // Its threads of the background may be between the two readings.
      if (attempt == 20 || before == counting.counted().get(redo)) {
        assertThat(before).as(FsyncCounting.LOG_FSYNCS).isEqualTo(server);
        return;
      }
    }
  }

  private static void shouldHaveLostNothing(WireTap tap) {
    assertThat(tap.read().lost())
        .containsEntry(LostReason.FSYNC_GAP, 0L)
        .containsEntry(LostReason.FSYNCS_FULL, 0L)
        .containsEntry(LostReason.MEMORY, 0L);
  }

  private static Set<String> servers(WireTap tap) {
    return tap.read().fsyncs().stream().map(FsyncCounters::server).collect(Collectors.toSet());
  }

  private static List<String> ip(String verb) {
    return List.of("ip", "address", verb, ROUTABLE + "/32", "dev", "lo");
  }

  private static void receiveOneByte(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(ROUTABLE, port));
      assertThat(socket.getInputStream().read()).isNotNegative();
    }
  }

  private static TapConfig within(Path cgroup, int port) {
    return new TapConfig(
        WatchedPorts.of(port), TapChoice.TRACING, cgroup, 32, 128, true, false, 64, 64, 64);
  }
}
