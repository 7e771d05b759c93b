package io.mysqlwire.exactness;

import io.mysqlwire.testing.EmbeddedServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A thread that connects now as this backend, now as that one, and says what comes to its mind. */
final class RandomClient {
  private static final int STEPS_OF_A_CONNECTION = 1000;
  private static final int REFUSALS = 3;

  /** The first is for batches, which hold no queries. */
  private static final List<String> PREPARED =
      List.of(
          "UPDATE %s SET name = ? WHERE id < 3",
          "SELECT id, name, ? FROM item LIMIT 150",
          "INSERT INTO item (name, id) VALUES (?, 1)",
          "SELECT ? FROM missing");

  private final EmbeddedServer server;
  private final List<Client> clients;
  private final Random random;
  private final int steps;
  private final String table;
  private final RandomStatements statements;
  private final Observations observed = new Observations();

  /**
   * @param number tells threads apart
   * @param steps each has one response at least
   */
  RandomClient(EmbeddedServer server, List<Client> clients, long seed, int number, int steps) {
    this.server = server;
    this.clients = clients;
    this.random = new Random(seed + number);
    this.steps = steps;
    this.table = "random" + number;
    this.statements = new RandomStatements(random, seed, server.kind(), table);
  }

  /** As a task of a thread pool. */
  @Nullable Void run() throws SQLException, IOException {
    try (Connection connection = clients.get(0).connect(server, "shop")) {
      observed.run(
          connection, "CREATE TABLE " + table + " (id INT AUTO_INCREMENT PRIMARY KEY, name TEXT)");
      everyFeature(connection);
    }
    for (int kind = 0; kind < REFUSALS; kind++) {
      refused(clients.get(0), kind);
    }
    for (int left = steps; left > 0; ) {
      Client client = clients.get(random.nextInt(clients.size()));
      if (random.nextInt(4) == 0) {
        refused(client, random.nextInt(REFUSALS));
      }
      int stay = Math.min(left, 1 + random.nextInt(STEPS_OF_A_CONNECTION));
      left -= stay;
      try (Connection connection =
          random.nextInt(10) == 0
              ? client.connectSlowly(server, "shop")
              : client.connect(server, "shop")) {
        for (int i = 0; i < stay; i++) {
          step(connection);
        }
      }
    }
    return null;
  }

  /** Once without chance: in a short run it might leave some out. */
  private static void everyFeature(Connection connection) throws SQLException, IOException {
    for (Feature feature : Feature.ALL) {
      feature.conversation().on(connection);
      connection.setCatalog("shop");
    }
  }

  private void refused(Client client, int kind) throws SQLException {
    switch (kind) {
      case 0 -> observed.refused(() -> client.connect(server, "shop", client.user(), "wrong"));
      case 1 -> observed.refused(() -> client.connect(server, "shop", "nobody", ""));
      default ->
          observed.refused(() -> client.connect(server, "nowhere", "operator", Client.PASSWORD));
    }
  }

  private void step(Connection connection) throws SQLException, IOException {
    int dice = random.nextInt(1000);
    if (dice < 70) {
      // After an ERR in place of a further result MariaDB's driver 3.5 still waits for that result,
      // but only where it prepares a statement.
      observed.run(connection, "DO 0");
    }
    if (dice < 60) {
      prepared(connection);
    } else if (dice < 70) {
      Feature.ALL.get(random.nextInt(Feature.ALL.size())).conversation().on(connection);
      connection.setCatalog("shop");
    } else if (dice < 90) {
      connection.isValid(60);
    } else {
      observed.run(connection, statements.next());
    }
  }

  private void prepared(Connection connection) throws SQLException {
    boolean batch = random.nextInt(4) == 0;
    String sql = PREPARED.get(batch ? 0 : random.nextInt(PREPARED.size())).formatted(table);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = random.nextInt(4); i >= 0; i--) {
        statement.setString(1, "p".repeat(random.nextInt(300)));
        if (batch) {
          statement.addBatch();
        } else {
          execute(statement);
        }
      }
      if (batch) {
        statement.executeBatch();
      }
    } catch (SQLException e) {
      observed.error(e);
    }
  }

  private void execute(PreparedStatement statement) throws SQLException {
    statement.setFetchSize(random.nextInt(60));
    if (statement.execute()) {
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {}
      }
    }
  }
}
