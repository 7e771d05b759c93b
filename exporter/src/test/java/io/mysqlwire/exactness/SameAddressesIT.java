package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.Command;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.testing.NamespacedServer;
import io.mysqlwire.testing.NetworkNamespace;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Addresses that exist twice: in two network namespaces, or on two links. */
@SuppressWarnings("EnumOrdinal") // BackendCounters is defined by it
class SameAddressesIT {
  private static final int PORT = 23_306;
  private static final List<String> PLAIN = List.of();

  private static Map<String, Long> resultSets(WireTap tap) throws Exception {
    Map<String, Long> counts = new TreeMap<>();
    for (BackendCounters one : tap.read().backends()) {
      assertThat(one.commands()[Command.QUERY.ordinal()])
          .isEqualTo(one.responses()[ResponseType.RESULTSET.ordinal()]);
      counts.merge(
          one.backend().server() + " " + one.backend().backend(),
          one.responses()[ResponseType.RESULTSET.ordinal()],
          Long::sum);
    }
    return counts;
  }

  @Test
  void shouldTellServersInTwoNamespacesApart() throws Exception {
    try (NetworkNamespace one = NetworkNamespace.create("one");
        NetworkNamespace two = NetworkNamespace.create("two");
        NamespacedServer first = NamespacedServer.start(one, PORT, PLAIN);
        NamespacedServer second = NamespacedServer.start(two, PORT, PLAIN);
        Taps taps = Taps.attach(PORT)) {
      first.answer(one, PLAIN, "127.0.0.1", 7);
      second.answer(two, PLAIN, "127.0.0.1", 11);
      for (WireTap tap : taps.all()) {
        assertThat(resultSets(tap))
            .isEqualTo(
                Map.of(
                    "127.0.0.1:" + PORT + "@" + one.number() + " 127.0.0.1", 7L,
                    "127.0.0.1:" + PORT + "@" + two.number() + " 127.0.0.1", 11L));
        assertThat(tap.read().fsyncs())
            .allSatisfy(fsyncs -> assertThat(fsyncs.server()).contains("@"));
      }
    }
  }

  @Test
  void shouldTellClientsOnTwoLinksApart() throws Exception {
    try (NetworkNamespace host = NetworkNamespace.create("host");
        NetworkNamespace one = NetworkNamespace.create("one");
        NetworkNamespace two = NetworkNamespace.create("two");
        NamespacedServer server = NamespacedServer.start(host, PORT, PLAIN)) {
      for (NetworkNamespace client : List.of(one, two)) {
        String link = client == one ? "toone" : "totwo";
        NetworkNamespace.join(host, link, client, "eth0");
        host.ip("addr add fe80::1/64 dev " + link + " nodad");
        client.ip("addr add fe80::2/64 dev eth0 nodad");
      }
      try (Taps taps = Taps.attach(PORT)) {
        server.answer(one, PLAIN, "fe80::1%eth0", 5);
        server.answer(two, PLAIN, "fe80::1%eth0", 13);
        for (WireTap tap : taps.all()) {
          Map<String, Long> counts = resultSets(tap);
          assertThat(counts.values()).containsExactlyInAnyOrder(5L, 13L);
          assertThat(counts.keySet())
              .allMatch(who -> who.matches("\\[fe80::1(%\\d+)]:\\d+@\\d+ fe80::2\\1"));
        }
      }
    }
  }
}
