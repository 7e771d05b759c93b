package io.mysqlwire.exactness;

import static io.mysqlwire.exactness.Observations.MARK;

import io.mysqlwire.testing.EmbeddedServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What takes several connections at once: deadlocks, time-outs, too many of them. */
final class Contention {
  /** Of the server; small, so that it is soon used up. */
  static final int MAX_CONNECTIONS = 20;

  private final EmbeddedServer server;
  private final Client client;
  private final Client operator;
  private final Observations observed;

  Contention(EmbeddedServer server, Client client, Observations observed) {
    this.server = server;
    this.client = client;
    this.operator =
        new Client(
            client.driver(), client.address(), "operator", client.options(), client.encryption());
    this.observed = observed;
  }

  void run() throws SQLException, InterruptedException, ExecutionException {
    locks();
    tooManyConnections();
  }

  private void locks() throws SQLException, InterruptedException, ExecutionException {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Connection one = client.connect(server, "shop");
        Connection two = client.connect(server, "shop")) {
      one.setAutoCommit(false);
      two.setAutoCommit(false);
      for (int i = 0; i < 3; i++) {
        observed.run(one, "UPDATE account SET balance = 1 WHERE id = 1 " + MARK);
        observed.run(two, "UPDATE account SET balance = 1 WHERE id = 2 " + MARK);
        Future<?> waits =
            thread.submit(
                () -> {
                  observed.run(one, "UPDATE account SET balance = 2 WHERE id = 2 " + MARK);
                  return null;
                });
        observed.run(two, "UPDATE account SET balance = 2 WHERE id = 1 " + MARK);
        waits.get();
        one.rollback();
        two.rollback();
      }
      observed.run(one, "UPDATE account SET balance = 1 WHERE id = 3 " + MARK);
      observed.run(two, "SET SESSION innodb_lock_wait_timeout = 1 " + MARK);
      observed.run(two, "UPDATE account SET balance = 1 WHERE id = 3 " + MARK);
      one.rollback();
    } finally {
      thread.shutdownNow();
    }
  }

  /**
   * One connection more than allowed is let in, in case it is an operator: others learn after the
   * login that it was one too many. Once an operator sits there, the refusal replaces the greeting.
   */
  private void tooManyConnections() throws SQLException, InterruptedException {
    List<Connection> held = new ArrayList<>();
    try {
      // Connections closed before may linger in the server for a moment.
      for (int attempt = 0; attempt < 200 && held.size() < MAX_CONNECTIONS; attempt++) {
        try {
          held.add(client.connect(server, "shop"));
        } catch (SQLException e) {
          observed.refused(e);
          Thread.sleep(50);
        }
      }
      for (int i = 0; i < 5; i++) {
        observed.refused(() -> client.connect(server, "shop"));
        Thread.sleep(50);
      }
      held.add(operator.connect(server, "shop"));
      for (int i = 0; i < 7; i++) {
        observed.refused(() -> client.connect(server, "shop"));
      }
    } finally {
      for (Connection connection : held) {
        connection.close();
      }
    }
  }
}
