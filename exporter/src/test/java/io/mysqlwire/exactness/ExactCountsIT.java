package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exactness.Client.Driver;
import io.mysqlwire.testing.DecodedConversation;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.Tally;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kernel, clients and server agree on every count, for real servers, drivers and address families.
 * The system property {@code mysqlwire.scale} is the least number of each kind of statement; below
 * 10, meant for emulated machines, each server runs once and fewer clients move megabytes. {@code
 * mysqlwire.servers} chooses among the servers.
 */
class ExactCountsIT {
  private static final int SCALE = Integer.getInteger("mysqlwire.scale", 10);
  private static final boolean THOROUGH = SCALE >= 10;

  /** What the server listens to. */
  private enum Families {
    BOTH,
    IPV4
  }

  private static final Client ROOT = new Client(Driver.MARIADB, "127.0.0.9", "root", "");

  static Stream<Arguments> serversAndAddresses() {
    return ServerKind.underTest().stream()
        .flatMap(kind -> Stream.of(Families.values()).map(to -> Arguments.of(kind, to)))
        .filter(arguments -> THOROUGH || arguments.get()[1] == Families.BOTH);
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
    Map<String, String> options = new HashMap<>();
    options.put("max-connections", String.valueOf(Contention.MAX_CONNECTIONS));
    options.put("max-connect-errors", "1000000");
    options.put("max-allowed-packet", "64M");
    options.put("local-infile", "1");
    if (families == Families.IPV4) {
      options.put("bind-address", "127.0.0.1");
    }
    try (EmbeddedServer server = EmbeddedServer.start(kind, options);
        Taps taps = Taps.attach(server.port());
        Recording recording = Recording.open()) {
      ServerStatistics statistics = new ServerStatistics(server, ROOT, recording);
      Observations observed = new Observations();
      run(server, clients(kind, families), observed);
      Witness witness = new Witness(recording);
      shouldCoverEveryKind(witness);
      assertThat(witness.asObserved().difference(observed.tally()))
          .as("witness, drivers, difference")
          .isEmpty();
      statistics.shouldAgree();
      taps.shouldHaveCounted(new Witness(recording).byBackend());
    }
  }

  private static void run(EmbeddedServer server, List<Client> clients, Observations observed)
      throws Exception {
    Set<Driver> drivers = clients.stream().map(Client::driver).collect(Collectors.toSet());
    Schema.create(server, ROOT, clients);
    ExecutorService threads = Executors.newFixedThreadPool(clients.size());
    try {
      List<Callable<@Nullable Void>> tasks = new ArrayList<>();
      for (Client client : clients) {
        // One client of each family has to.
        boolean megabytes = THOROUGH || client.user().equals("checkout");
        tasks.add(new Workload(server, client, observed, tasks.size(), SCALE, megabytes)::run);
      }
      for (Future<?> task : threads.invokeAll(tasks)) {
        task.get();
      }
      new Contention(server, clients.get(0), observed).run();
      for (Driver driver : drivers) {
        runFeatures(server, driver);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Everything in the corpus as well, prepared statements above all. */
  private static void runFeatures(EmbeddedServer server, Driver driver) throws Exception {
    Primes primes = new Primes(1);
    for (Feature feature : Feature.ALL) {
      Client client = new Client(driver, "127.0.0.4", Witness.UNOBSERVED, feature.options());
      try (Connection connection = client.connect(server, "shop")) {
        for (int i = primes.next(); i > 0; i--) {
          feature.conversation().on(connection);
        }
      }
    }
  }

  /** Otherwise a workload that broke silently would prove nothing. */
  private static void shouldCoverEveryKind(Witness witness) {
    Tally seen = witness.asObserved();
    for (StatementKind kind : StatementKind.ALL) {
      assertThat(kind.code() == 0 || seen.get("err " + kind.code()) > 0).as(kind.sql()).isTrue();
    }
    assertThat(seen.counts())
        .containsKeys("err 1044", "err 1205", "err 1213", "err 50007")
        .containsKeys("auth_err 1040", "auth_err 1044", "auth_err 1045", "auth_err 1049");
    assertThat(witness.conversations())
        .extracting(DecodedConversation::deprecateEof)
        .contains(true, false);
  }
}
