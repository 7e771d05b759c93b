package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exactness.Client.Driver;
import io.mysqlwire.testing.DecodedConversation;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.Tally;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Everything that several clients do at once on one server, and what everybody but the kernel says
 * of it. The system property {@code mysqlwire.scale} is the least number of each kind of statement;
 * below 10, meant for emulated machines, fewer clients move megabytes.
 */
final class ExactWorkload {
  static final boolean THOROUGH = Integer.getInteger("mysqlwire.scale", 10) >= 10;
  private static final int SCALE = Integer.getInteger("mysqlwire.scale", 10);

  private final EmbeddedServer server;
  private final Client root;
  private final List<Client> clients;
  private final Recording recording;
  private final Observations observed = new Observations();

  /** Before anybody talks to the server. */
  ExactWorkload(EmbeddedServer server, Client root, List<Client> clients, Recording recording) {
    this.server = server;
    this.root = root;
    this.clients = clients;
    this.recording = recording;
  }

  /** What the server has to be started with. */
  static Map<String, String> serverOptions() {
    Map<String, String> options = new HashMap<>();
    options.put("max-connections", String.valueOf(Contention.MAX_CONNECTIONS));
    options.put("max-connect-errors", "1000000");
    options.put("max-allowed-packet", "64M");
    options.put("local-infile", "1");
    return options;
  }

  /** Runs it; witness, drivers and server have to agree in the end. */
  Witness run() throws Exception {
    ServerStatistics statistics = new ServerStatistics(server, root, recording);
    Schema.create(server, root, clients);
    talk();
    Witness witness = new Witness(recording);
    shouldCoverEveryKind(witness);
    assertThat(witness.asObserved().difference(observed.tally()))
        .as("witness, drivers, difference")
        .isEmpty();
    statistics.shouldAgree();
    return new Witness(recording);
  }

  private void talk() throws Exception {
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
      Encryption encryption = clients.get(0).encryption();
      for (Driver driver : clients.stream().map(Client::driver).distinct().toList()) {
        runFeatures(driver, encryption);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Everything in the corpus as well, prepared statements above all. */
  private void runFeatures(Driver driver, Encryption encryption) throws Exception {
    Primes primes = new Primes(1);
    for (Feature feature : Feature.ALL) {
      Client client =
          new Client(driver, "127.0.0.4", Witness.UNOBSERVED, feature.options(), encryption);
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
