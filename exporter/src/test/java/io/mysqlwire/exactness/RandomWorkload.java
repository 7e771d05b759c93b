package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.exactness.Client.Driver;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.Tally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Kernel and clients agree, difference 0, on a workload that nobody thought up: random statements,
 * errors, time-outs, locks, kills, commands too long, short connections, refused logins, from many
 * backends at once. {@link RudeClients}, who leave in the middle of a result, have an address of
 * their own: of them clients don't know the whole truth, and it is bounded instead.
 *
 * <p>{@code mysqlwire.seed} repeats a run's choices, though not the order of its threads. {@code
 * mysqlwire.responses} is the least number of responses: 200,000 by default, split between the
 * servers; 20,000 do in a VM.
 */
final class RandomWorkload {
  private static final long SEED =
      Long.getLong("mysqlwire.seed", ThreadLocalRandom.current().nextInt(1_000_000));
  private static final int RESPONSES = Integer.getInteger("mysqlwire.responses", 200_000);
  private static final int SERVERS = 2;
  private static final int THREADS = 4;
  private static final int MAX_ALLOWED_PACKET = 1 << 20;
  private static final Client ROOT = new Client(Driver.MARIADB, "127.0.0.9", "root", "");

  private final ServerKind kind;
  private final List<Client> clients;
  private final Encryption rawEncryption;

  /**
   * @param clients those of drivers; the first two have events and short connections as well
   * @param rawEncryption of clients without a driver that leave in the middle
   */
  RandomWorkload(ServerKind kind, List<Client> clients, Encryption rawEncryption) {
    this.kind = kind;
    this.clients = List.copyOf(clients);
    this.rawEncryption = rawEncryption;
  }

  /** The clients, all in the clear. */
  static List<Client> clients(ServerKind kind) {
    Driver second = kind == ServerKind.MYSQL_8_0 ? Driver.MYSQL : Driver.MARIADB;
    return List.of(
        new Client(Driver.MARIADB, "127.0.0.2", "checkout", ""),
        new Client(Driver.MARIADB, "127.0.0.3", "checkout", "deprecateEof=false"),
        new Client(Driver.MARIADB, "127.0.0.3", "reports", "useServerPrepStmts=true"),
        new Client(second, "127.0.0.4", "reports", "useServerPrepStmts=true&useCursorFetch=true"),
        new Client(second, "127.0.0.5", "search", ""));
  }

  /** Runs it on a server of its own, with further options, and compares. */
  void shouldBeCounted(Map<String, String> serverOptions) throws Exception {
    System.out.println(kind.label() + " -Dmysqlwire.seed=" + SEED);
    Map<String, String> options = new HashMap<>(serverOptions);
    options.put("local-infile", "1");
    options.put("max-connect-errors", "1000000");
    options.put("max-allowed-packet", String.valueOf(MAX_ALLOWED_PACKET));
    try (EmbeddedServer server = EmbeddedServer.start(kind, options);
        Taps taps = Taps.attach(server.port());
        Recording recording = Recording.open()) {
      Schema.create(server, ROOT, clients);
      Accounts.createWithoutPassword(server, ROOT, RandomEvents.USER);
      int rounds = RESPONSES / 2000;
      RudeClients rude = new RudeClients(server, rawEncryption, SEED, rounds);
      run(tasks(server, rude, rounds));
      Witness witness = new Witness(recording);
      shouldCoverEveryKind(witness.responses(), kind);
      taps.shouldHaveCounted(recording, name -> !name.contains(" " + RudeClients.ADDRESS + " "));
      for (WireTap tap : taps.reading(rawEncryption)) {
        rude.shouldBeWithinBounds(tap);
      }
      if (kind == ServerKind.MYSQL_8_0) {
        new PerformanceSchema(server, ROOT)
            .shouldAgree(
                witness,
                address ->
                    !address.equals(RudeClients.ADDRESS) && !address.equals(RandomEvents.ADDRESS));
      }
    }
  }

  private List<Callable<@Nullable Void>> tasks(
      EmbeddedServer server, RudeClients rude, int rounds) {
    List<Callable<@Nullable Void>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int steps = RESPONSES / SERVERS / THREADS + 1;
      tasks.add(new RandomClient(server, clients, SEED, i, steps)::run);
    }
    RandomEvents events = new RandomEvents(server, clients.get(0), SEED, rounds);
    tasks.add(events::locks);
    tasks.add(new RandomEvents(server, clients.get(0), SEED + 1, rounds)::kills);
    tasks.add(
        () -> new RandomEvents(server, clients.get(0), SEED, 20).oversize(MAX_ALLOWED_PACKET));
    tasks.add(new ShortConnections(server, clients.get(1), SEED, RESPONSES / 400)::run);
    tasks.add(rude::run);
    return tasks;
  }

  private static void run(List<Callable<@Nullable Void>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      for (Future<?> task : threads.invokeAll(tasks)) {
        task.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Otherwise a workload that broke silently would prove nothing. */
  private static void shouldCoverEveryKind(Tally responses, ServerKind kind) {
    long total = responses.total();
    System.out.printf(
        "%s: %d responses of %d kinds%n", kind.label(), total, responses.counts().size());
    assertThat(total).isGreaterThanOrEqualTo(RESPONSES / SERVERS);
    assertThat(responses.counts())
        .containsKeys("response ok", "response resultset", "response local_infile")
        .containsKeys("response auth_ok", "response auth_err 1045", "response auth_err 1049")
        .containsKeys("response err 1062", "response err 1064", "response err 1146")
        .containsKeys("response err 1153", "response err 1205", "response err 1213")
        .containsKeys("response err 1242", "response err 1317", "response err 50002")
        .containsKey("response err " + (kind.isMariaDb() ? 1969 : 3024));
  }
}
