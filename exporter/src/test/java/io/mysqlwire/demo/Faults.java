package io.mysqlwire.demo;

import io.mysqlwire.demo.SteadyClient.Release;
import io.mysqlwire.health.LongQueries;
import io.mysqlwire.health.ProbeAccount;
import io.mysqlwire.testing.EmbeddedServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What breaks, by name. */
final class Faults {
  private static final List<String> USUAL =
      List.of(
          "SELECT amount FROM item WHERE id = 1",
          "UPDATE item SET amount = amount + 1 WHERE id = 5",
          "SELECT COUNT(*) FROM item");
  private static final Map<String, List<String>> BAD =
      Map.of(
          "storm", List.of("SELECT * FROM missing", "SELECT amount FROM item WHERE id = 1"),
          "deploy", List.of("SELECT total FROM item WHERE id = 1", USUAL.get(0), USUAL.get(2)),
          "table",
              amongOthers(
                  "SET max_heap_table_size = 16384",
                  "CREATE TABLE IF NOT EXISTS small (t CHAR(255)) ENGINE = MEMORY",
                  "INSERT INTO small SELECT 'x' FROM information_schema.columns LIMIT 1000"),
          "transaction",
              amongOthers(
                  "START TRANSACTION READ ONLY", "INSERT INTO item VALUES (1, 1)", "ROLLBACK"),
          "timeout",
              amongOthers(
                  "SET STATEMENT max_statement_time = 0.01 FOR SELECT COUNT(*) FROM"
                      + " information_schema.columns a, information_schema.columns b"));
  private static final Map<String, String> ADDRESSES =
      Map.of(
          "storm", "127.0.1.1",
          "deploy", "127.0.1.2",
          "credential", "127.0.1.3",
          "deadlock", "127.0.1.4",
          "hang", "127.0.1.5",
          "table", "127.0.1.6",
          "transaction", "127.0.1.7",
          "timeout", "127.0.1.8");

  private final Map<String, EmbeddedServer> servers;
  private final Map<String, SteadyClient> clients = new HashMap<>();
  private final List<SteadyClient> others = new ArrayList<>();
  private final List<Connection> leaked = new ArrayList<>();

  Faults(Map<String, EmbeddedServer> servers) {
    this.servers = servers;
    ADDRESSES.forEach(
        (fault, address) -> clients.put(fault, client("shop", address, "app", USUAL)));
    servers.keySet().stream()
        .filter(name -> !name.equals("shop"))
        .forEach(name -> others.add(client(name, "127.0.2.1", "app", USUAL)));
  }

  /** With so many that succeed that the error ratio of the backend is no news. */
  private static List<String> amongOthers(String... bad) {
    List<String> all = new ArrayList<>(List.of(bad));
    all.addAll(Collections.nCopies(14, "DO 1"));
    return List.copyOf(all);
  }

  private EmbeddedServer server(String name) {
    EmbeddedServer server = servers.get(name);
    if (server == null) {
      throw new IllegalArgumentException("no server for it: " + name);
    }
    return server;
  }

  private SteadyClient client(String name, String address, String user, List<String> statements) {
    return SteadyClient.start(server(name), new Release(address, user, "app", statements));
  }

  /** Returns once it has begun; it lasts. */
  void begin(String fault) throws Exception {
    switch (fault) {
      case "storm", "deploy", "table", "transaction", "timeout" ->
          redeploy(fault, "app", BAD.getOrDefault(fault, List.of()));
      case "credential" -> redeploy(fault, "of last month", USUAL);
      case "hang" -> redeploy(fault, "app", List.of("DO SLEEP(600)"));
      case "deadlock" -> deadlocks();
      case "stuck" -> signal("STOP", server("stuck"));
      case "down" -> server("down").kill();
      case "readonly" -> ProbeAccount.asRoot(server("readonly"), "SET GLOBAL read_only = 1");
      case "backup" -> {
        Connection backup = ProbeAccount.root(server("backup"));
        leaked.add(backup);
        backup.createStatement().execute("FLUSH TABLES WITH READ LOCK");
      }
      case "leak" -> leak("leak", "app");
      case "account" -> leak("account", "batch");
      case "slots" ->
          LongQueries.start(server("slots"), 3, "SELECT id FROM shop.item WHERE SLEEP(600) = 0");
      default -> throw new IllegalArgumentException("no such fault: " + fault);
    }
  }

  private void redeploy(String fault, String password, List<String> statements) {
    SteadyClient client = clients.get(fault);
    if (client == null) {
      throw new IllegalArgumentException("no client for it: " + fault);
    }
    Release old = client.release();
    client.deploy(new Release(old.address(), old.user(), password, statements));
  }

  /** Two transactions that lock the same two rows in opposite order, long enough to meet. */
  private void deadlocks() {
    for (List<String> order : List.of(List.of("1", "2"), List.of("2", "1"))) {
      others.add(
          client(
              "shop",
              "127.0.1.4",
              "app",
              amongOthers(
                  "START TRANSACTION",
                  "UPDATE item SET amount = amount + 1 WHERE id = " + order.get(0),
                  "DO SLEEP(1.5)",
                  "UPDATE item SET amount = amount + 1 WHERE id = " + order.get(1),
                  "ROLLBACK")));
    }
  }

  /** A pool that gives nothing back, until it gets none; and goes on to ask. */
  private void leak(String name, String user) {
    Release release = new Release("127.0.2.9", user, "app", USUAL);
    while (true) {
      try {
        leaked.add(SteadyClient.connect(server(name), release));
      } catch (SQLException e) {
        break;
      }
    }
    others.add(client(name, "127.0.2.9", user, USUAL));
  }

  private static void signal(String name, EmbeddedServer server) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(server.pid())).start();
    if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
      throw new IllegalStateException("kill -" + name + " failed");
    }
  }

  /** Lets a stopped server end. */
  void end() throws Exception {
    clients.values().forEach(SteadyClient::close);
    others.forEach(SteadyClient::close);
    signal("CONT", server("stuck"));
  }
}
