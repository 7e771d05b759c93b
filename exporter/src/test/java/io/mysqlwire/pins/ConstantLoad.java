package io.mysqlwire.pins;

import io.mysqlwire.exactness.Observations;
import io.mysqlwire.exactness.Schema;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.WitnessSocketFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Backends that run good and failing statements without a break, on one connection after the other.
 */
final class ConstantLoad {
  private static final String PASSWORD = "a password";
  private static final int PAUSE_MILLISECONDS = 2;

  /** A prime. */
  private static final int ROUNDS_PER_CONNECTION = 23;

  private static final List<String> STATEMENTS =
      List.of(
          "SELECT id, name FROM item LIMIT 7",
          "UPDATE account SET balance = balance + 1 WHERE id = 3",
          "INSERT INTO item VALUES (1, 'there already')",
          "SELECT * FROM nowhere",
          "SELEC 1",
          "CALL two_results()");

  /** Account by address. */
  private static final List<String> BACKENDS =
      List.of("checkout@127.0.0.2", "reports@127.0.0.3", "search@127.0.0.4", "search@127.0.0.5");

  private final EmbeddedServer server;
  private final Observations observed = new Observations();
  private volatile boolean stopped;

  ConstantLoad(EmbeddedServer server) {
    this.server = server;
  }

  void createSchema() throws SQLException {
    try (Connection connection = connect("root", "127.0.0.9", "", "");
        Statement statement = connection.createStatement()) {
      for (String sql : Schema.statements()) {
        statement.execute(sql);
      }
      for (String user : List.of("checkout", "reports", "search")) {
        for (String host : EmbeddedServer.LOOPBACK_HOSTS) {
          String account = user + "@'" + host + "'";
          statement.execute("CREATE USER " + account + " IDENTIFIED BY '" + PASSWORD + "'");
          statement.execute("GRANT ALL ON shop.* TO " + account);
        }
      }
    }
  }

  /** Each backend runs every statement once, and is refused once. */
  void once() throws Exception {
    stopped = true;
    run(() -> {});
  }

  /** Each backend works until {@code meanwhile} is over, and ends what it is at. */
  void during(Meanwhile meanwhile) throws Exception {
    stopped = false;
    run(meanwhile);
  }

  private void run(Meanwhile meanwhile) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(BACKENDS.size());
    try {
      List<Future<?>> backends = new ArrayList<>();
      for (String backend : BACKENDS) {
        String[] parts = backend.split("@", 2);
        backends.add(threads.submit(() -> work(parts[0], parts[1])));
      }
      try {
        meanwhile.run();
      } finally {
        stopped = true;
      }
      for (Future<?> backend : backends) {
        backend.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private Void work(String user, String address) throws Exception {
    do {
      try (Connection connection = connect(user, address, PASSWORD, "shop")) {
        for (int round = 0; round == 0 || (!stopped && round < ROUNDS_PER_CONNECTION); round++) {
          for (String sql : STATEMENTS) {
            observed.run(connection, sql);
            Thread.sleep(PAUSE_MILLISECONDS);
          }
        }
      }
      observed.refused(() -> connect(user, address, "wrong", "shop"));
    } while (!stopped);
    return null;
  }

  private Connection connect(String user, String address, String password, String schema)
      throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    login.setProperty("localSocketAddress", address);
    login.setProperty("socketFactory", WitnessSocketFactory.class.getName());
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + server.port() + "/" + schema + "?sslMode=disable", login);
  }

  /** What happens while the backends work. */
  @FunctionalInterface
  interface Meanwhile {
    void run() throws Exception;
  }
}
