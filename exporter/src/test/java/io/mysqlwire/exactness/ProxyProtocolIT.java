package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.Command;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.RawClient;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Headers of the PROXY protocol before the login, to a MariaDB that takes them: its process list
 * says who it takes the client for.
 */
@SuppressWarnings("EnumOrdinal") // BackendCounters is defined by it
class ProxyProtocolIT {
  private static final String PEER = "127.0.0.1";
  private static final byte[] SIGNATURE =
      "\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.ISO_8859_1);

  /** A header, the address in it, and how often its client asks. */
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  private record Visit(byte[] header, String source, int queries) {}

  private static List<Visit> visits() throws IOException {
    return List.of(
        new Visit(line("TCP4 192.0.2.7 192.0.2.1 50000 3306"), "192.0.2.7", 2),
        new Visit(line("TCP6 2001:db8::7 2001:db8::1 50000 3306"), "2001:db8::7", 3),
        new Visit(line("UNKNOWN"), PEER, 5),
        new Visit(binary(1, 0x11, "192.0.2.8", 4), "192.0.2.8", 7),
        new Visit(binary(1, 0x21, "2001:db8::8", 0), "2001:db8::8", 11),
        new Visit(binary(0, 0x00, "", 0), PEER, 13),
        new Visit(new byte[0], PEER, 17));
  }

  private static byte[] line(String text) {
    return ("PROXY " + text + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] binary(int command, int family, String source, int more)
      throws IOException {
    byte[] address = source.isEmpty() ? new byte[0] : InetAddress.getByName(source).getAddress();
    int length = address.length == 0 ? 0 : 2 * address.length + 4;
    return ByteBuffer.allocate(16 + length + more)
        .put(SIGNATURE)
        .put((byte) (0x20 | command))
        .put((byte) family)
        .putShort((short) (length + more))
        .put(address)
        .put(address)
        .array();
  }

  @Test
  void shouldCountBehindThePeerUnlessToldToBelieveTheHeader() throws Exception {
    try (EmbeddedServer server =
        EmbeddedServer.start(
            ServerKind.MARIADB_SYSTEM, Map.of("proxy-protocol-networks", "127.0.0.0/8"))) {
      Map<String, Long> bySource = new TreeMap<>();
      long all = 0;
      for (Visit visit : visits()) {
        bySource.merge(visit.source, (long) visit.queries, Long::sum);
        all += visit.queries;
      }
      try (Connection root = DriverManager.getConnection(server.jdbcUrl("", "user=root"));
          Statement statement = root.createStatement();
          Taps taps = Taps.attach(server.port());
          WireTap believing = believing(server.port())) {
        statement.execute("CREATE USER app@'%'");
        for (Visit visit : visits()) {
          visit(server, visit, statement);
        }
        for (WireTap tap : taps.all()) {
          assertThat(counted(tap)).isEqualTo(Map.of(PEER, all));
        }
        assertThat(counted(believing)).isEqualTo(bySource);
      }
    }
  }

  private static void visit(EmbeddedServer server, Visit visit, Statement root) throws Exception {
    try (RawClient client = RawClient.connect(server, PEER)) {
      client.send(visit.header);
      client.login("app");
      for (int i = 0; i < visit.queries; i++) {
        client.query("DO 0");
        client.readAnswer();
      }
      try (ResultSet row =
          root.executeQuery(
              "SELECT host FROM information_schema.processlist WHERE id=" + client.id())) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).startsWith(visit.source);
      }
      client.leave();
    }
  }

  private static WireTap believing(int port) throws Exception {
    return WireTap.attach(Taps.config(port, TapChoice.CGROUP.label(), Taps.Room.ENOUGH, true));
  }

  /** The OKs of the account; each has its command, and nothing was lost. */
  private static Map<String, Long> counted(WireTap tap) {
    Map<String, Long> counts = new TreeMap<>();
    tap.read().backends().stream()
        .filter(one -> one.backend().user().equals("app"))
        .forEach(
            one -> {
              long oks = one.responses()[ResponseType.OK.ordinal()];
              assertThat(one.commands()[Command.QUERY.ordinal()]).isEqualTo(oks);
              counts.put(one.backend().backend(), oks);
            });
    assertThat(tap.read().lost().values()).allMatch(count -> count == 0);
    return counts;
  }
}
