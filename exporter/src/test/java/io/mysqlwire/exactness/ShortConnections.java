package io.mysqlwire.exactness;

import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.RawClient;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Connections with one statement or none, from many addresses. */
final class ShortConnections {
  private static final int ADDRESSES = 30;

  private final EmbeddedServer server;
  private final Client client;
  private final Random random;
  private final int count;
  private final RandomStatements statements;
  private final Observations observed = new Observations();

  ShortConnections(EmbeddedServer server, Client client, long seed, int count) {
    this.server = server;
    this.client = client;
    this.random = new Random(seed);
    this.count = count;
    this.statements = new RandomStatements(random, seed, server.kind(), "sink");
  }

  /** As a task of a thread pool. */
  @Nullable Void run() throws SQLException, IOException {
    for (int i = 0; i < count; i++) {
      if (random.nextInt(5) == 0) {
        withoutDriver();
      } else {
        withDriver("127.0.1." + (1 + random.nextInt(ADDRESSES)));
      }
    }
    return null;
  }

  private void withDriver(String address) throws SQLException {
    Client guest =
        new Client(client.driver(), address, client.user(), client.options(), client.encryption());
    try (Connection connection = guest.connect(server, "shop")) {
      for (String sql : random.nextBoolean() ? List.of(statements.next()) : List.<String>of()) {
        observed.run(connection, sql);
      }
    }
  }

  /**
   * A login and no farewell, neither a COM_QUIT nor a statement. MySQL raises a 1158 for itself.
   */
  private void withoutDriver() throws IOException {
    try (RawClient guest =
        RawClient.witnessed(server, RandomEvents.ADDRESS).encrypted(client.encryption())) {
      guest.login(RandomEvents.USER);
      guest.leave();
    }
  }
}
