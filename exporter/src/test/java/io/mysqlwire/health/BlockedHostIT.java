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
import io.mysqlwire.testing.ServerVariant;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server that takes no more logins from the probes' host, for somebody there has broken off too
 * many (1129). To others it is what it was. Only a server that looks up names remembers hosts, and
 * not those of loopback. Needs root.
 */
class BlockedHostIT {
  private static final int ERRORS = 5;
  private static final int BLOCKED = 1129;

  private static final Map<String, String> OPTIONS =
      Map.of("max-connect-errors", String.valueOf(ERRORS));

  private static boolean isBlocked(EmbeddedServer server) {
    try {
      DriverManager.getConnection(server.jdbcUrl("", "user=root")).close();
      return false;
    } catch (SQLException e) {
      return e.getErrorCode() == BLOCKED;
    }
  }

  /** As port scans and load balancers do. */
  private static void breakOff(EmbeddedServer server) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(server.address(), server.port()));
      assertThat(socket.getInputStream().read()).isPositive();
    }
  }

  /** On the server's own host, by its socket. */
  private static String local(EmbeddedServer server, String sql) throws IOException {
    return HostChanges.run(
        List.of(
            "mariadb",
            "--no-defaults",
            "--user=root",
            "--socket=" + server.socket(),
            "--skip-column-names",
            "--execute=" + sql));
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldNotTakeItForTheServersFault(ServerKind kind) throws Exception {
    try (HostNetwork network = HostNetwork.of(1);
        JudgedServer judged =
            JudgedServer.across(
                EmbeddedServer.startOn(
                    network, 1, kind, OPTIONS, ServerVariant.knowing(network.here() + " prober\n")),
                network.here())) {
      judged.shouldBecomeWell();
      Await.until(
          "the host is blocked",
          () -> {
            // At once: the next login that succeeds takes them all back.
            for (int i = 0; i < 4 * ERRORS; i++) {
              breakOff(judged.server());
            }
            return isBlocked(judged.server());
          });
      judged.begin();
      Await.until(
          "the probe is refused",
          () -> judged.check(ProbeKind.CONNECT).finding() == Finding.DENIED);
      assertThat(judged.check(ProbeKind.CONNECT).code()).isEqualTo(BLOCKED);
      judged.shouldStay(Reason.OK, 10);
      assertThat(judged.now().verdict().evidence()).contains("(1129)");
      assertThat(local(judged.server(), "SELECT 'fine'")).contains("fine");
      local(judged.server(), "FLUSH HOSTS");
      judged.begin();
      judged.shouldBecomeWell();
    }
  }
}
