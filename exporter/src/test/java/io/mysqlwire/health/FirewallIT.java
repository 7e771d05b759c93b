package io.mysqlwire.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exactness.HostChanges;
import io.mysqlwire.exporter.health.Reason;
import io.mysqlwire.exporter.health.probe.Finding;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.HostNetwork;
import io.mysqlwire.testing.ServerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A firewall (nftables) on the server's host drops what comes to its port. Needs root, and the
 * program {@code nft}.
 */
class FirewallIT {
  private static final String CLOSE =
      "table inet firewall { chain input { type filter hook input priority 0;"
          + " tcp dport 3306 %s drop; }; }";

  private static void nft(HostNetwork network, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("nft"));
    command.addAll(List.of(arguments));
    HostChanges.run(network.host(1).entering(command));
  }

  private static void close(HostNetwork network, String whose) throws Exception {
    nft(network, CLOSE.formatted(whose));
  }

  private static void open(HostNetwork network) throws Exception {
    nft(network, "delete", "table", "inet", "firewall");
  }

  private static EmbeddedServer server(HostNetwork network) throws Exception {
    return EmbeddedServer.startOn(network, 1, ServerKind.MYSQL_8_0, Map.of());
  }

  @Test
  void shouldSayThatTheHostDoesNotAnswer() throws Exception {
    try (HostNetwork network = HostNetwork.of(1);
        JudgedServer judged = JudgedServer.across(server(network), network.here())) {
      judged.shouldBecomeWell();
      close(network, "");
      judged.begin();
      judged.shouldBecome(Reason.UNREACHABLE);
      assertThat(judged.check(ProbeKind.CONNECT).finding()).isEqualTo(Finding.UNREACHABLE);
      judged.shouldStay(Reason.UNREACHABLE, 10);
      open(network);
      judged.begin();
      judged.shouldBecomeWell();
    }
  }

  /** Connections that are there go on, and whoever only keeps one sees nothing. */
  @Test
  void shouldSeeThatNewConnectionsAreDropped() throws Exception {
    try (HostNetwork network = HostNetwork.of(1);
        JudgedServer judged = JudgedServer.across(server(network), network.here())) {
      judged.shouldBecomeWell();
      close(network, "tcp flags & (syn | ack) == syn");
      judged.begin();
      judged.shouldBecome(Reason.UNREACHABLE);
      for (ProbeKind blind : List.of(ProbeKind.SELECT_1, ProbeKind.READ, ProbeKind.WRITE)) {
        Await.until(blind + " sees nothing", () -> judged.check(blind).isOk());
      }
      judged.shouldStay(Reason.UNREACHABLE, 10);
      open(network);
      judged.begin();
      judged.shouldBecomeWell();
    }
  }
}
