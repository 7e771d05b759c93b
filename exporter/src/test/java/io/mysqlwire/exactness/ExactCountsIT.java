package io.mysqlwire.exactness;

import io.mysqlwire.exactness.Client.Driver;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.ServerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kernel, clients and server agree on every count, for real servers, drivers and address families.
 * {@code mysqlwire.servers} chooses among the servers, {@code mysqlwire.scale} how much is done
 * ({@link ExactWorkload}); below 10 each server runs once.
 */
class ExactCountsIT {
  /** What the server listens to. */
  private enum Families {
    BOTH,
    IPV4
  }

  private static final Client ROOT = new Client(Driver.MARIADB, "127.0.0.9", "root", "");

  static Stream<Arguments> serversAndAddresses() {
    return ServerKind.underTest().stream()
        .flatMap(kind -> Stream.of(Families.values()).map(to -> Arguments.of(kind, to)))
        .filter(arguments -> ExactWorkload.THOROUGH || arguments.get()[1] == Families.BOTH);
  }

  private static List<Client> clients(ServerKind kind, Families families) {
    List<Client> clients = new ArrayList<>();
    clients.add(new Client(Driver.MARIADB, "127.0.0.2", "checkout", ""));
    clients.add(new Client(Driver.MARIADB, "127.0.0.3", "reports", "deprecateEof=false"));
    // MySQL's driver of today speaks to MySQL 8 only.
    Driver second = kind == ServerKind.MYSQL_8_0 ? Driver.MYSQL : Driver.MARIADB;
    clients.add(new Client(second, "127.0.0.3", "search", ""));
    if (families == Families.BOTH) {
      clients.add(new Client(Driver.MARIADB, "::1", "checkout", ""));
      clients.add(new Client(second, "::1", "search", ""));
    }
    return clients;
  }

  @ParameterizedTest
  @MethodSource("serversAndAddresses")
  void shouldCountWhatClientsReceived(ServerKind kind, Families families) throws Exception {
    Map<String, String> options = ExactWorkload.serverOptions();
    if (families == Families.IPV4) {
      options.put("bind-address", "127.0.0.1");
    }
    try (EmbeddedServer server = EmbeddedServer.start(kind, options);
        Taps taps = Taps.attach(server.port());
        Recording recording = Recording.open()) {
      Witness witness = new ExactWorkload(server, ROOT, clients(kind, families), recording).run();
      taps.shouldHaveCounted(witness.byBackend());
    }
  }
}
