package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.OpaqueCount;
import io.mysqlwire.bpf.OpaqueReason;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.testing.NamespacedServer;
import io.mysqlwire.testing.NetworkNamespace;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Multipath TCP, with a real server and client that mptcpize makes use it. The tracing tap is for
 * the VM, and so are kernels that can't follow MPTCP (before 5.19): there it is opaque as a whole.
 */
@SuppressWarnings("EnumOrdinal") // BackendCounters is defined by it
class MultipathIT {
  private static final int PORT = 23_307;
  private static final List<String> MULTIPATH = List.of("mptcpize", "run");

  private static long sum(WireSnapshot snapshot, ResponseType type) {
    return snapshot.backends().stream().mapToLong(one -> one.responses()[type.ordinal()]).sum();
  }

  private static OpaqueCount multipath(WireSnapshot snapshot) {
    return snapshot.opaque().stream()
        .filter(count -> count.reason() == OpaqueReason.MPTCP)
        .findFirst()
        .orElseThrow();
  }

  private static void shouldHaveEnded(WireSnapshot snapshot) {
    assertThat(KernelCounts.leftovers(snapshot).toString()).doesNotContain("lost");
    assertThat(snapshot.backends())
        .allSatisfy(one -> assertThat(one.connections() + one.commandsInFlight()).isZero());
    assertThat(multipath(snapshot).connections()).isZero();
  }

  @Test
  void shouldCountASinglePathLikeTcp() throws Exception {
    try (NetworkNamespace host = NetworkNamespace.create("host");
        NamespacedServer server = NamespacedServer.start(host, PORT, MULTIPATH);
        Taps taps = Taps.attach(PORT)) {
      server.answer(host, MULTIPATH, "127.0.0.1", 17);
      for (WireTap tap : taps.all()) {
        WireSnapshot snapshot = tap.read();
        shouldHaveEnded(snapshot);
        if (tap.tap() == TapChoice.TRACING) {
          assertThat(multipath(snapshot).unclassified()).isPositive();
          continue;
        }
        assertThat(sum(snapshot, ResponseType.RESULTSET)).isEqualTo(17);
        assertThat(multipath(snapshot).unclassified()).isZero();
      }
    }
  }

  @Test
  void shouldSayThatSeveralPathsCannotBeRead() throws Exception {
    try (NetworkNamespace host = NetworkNamespace.create("host");
        NetworkNamespace client = NetworkNamespace.create("client");
        NamespacedServer server = NamespacedServer.start(host, PORT, MULTIPATH)) {
      for (int path = 1; path <= 2; path++) {
        NetworkNamespace.join(host, "path" + path, client, "path" + path);
        host.ip("addr add 10.98." + path + ".1/24 dev path" + path);
        client.ip("addr add 10.98." + path + ".2/24 dev path" + path);
      }
      host.ip("mptcp endpoint add 10.98.2.1 dev path2 signal");
      client.ip("mptcp limits set subflow 2 add_addr_accepted 2");
      try (Taps taps = Taps.attach(PORT)) {
        server.answer(client, MULTIPATH, "10.98.1.1", 1009);
        for (WireTap tap : taps.all()) {
          WireSnapshot snapshot = tap.read();
          shouldHaveEnded(snapshot);
          OpaqueCount opaque = multipath(snapshot);
          assertThat(opaque.unclassified()).isPositive();
          assertThat(sum(snapshot, ResponseType.RESULTSET)).isLessThan(1009);
          assertThat(snapshot.backends())
              .extracting(BackendCounters::backend)
              .allSatisfy(backend -> assertThat(backend.backend()).isEqualTo("10.98.1.2"));
        }
      }
    }
  }
}
