package io.mysqlwire.health;

import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Statements that take longer than anybody waits, until they are killed. */
public final class LongQueries implements AutoCloseable {
  private final EmbeddedServer server;
  private final List<org.mariadb.jdbc.Connection> connections = new ArrayList<>();

  private LongQueries(EmbeddedServer server) {
    this.server = server;
  }

  /** Returns once the server has begun with all of them: each calls {@code SLEEP}. */
  public static LongQueries start(EmbeddedServer server, int count, String sql) throws Exception {
    LongQueries queries = new LongQueries(server);
    for (int i = 0; i < count; i++) {
      Connection connection = ProbeAccount.root(server);
      queries.connections.add(connection.unwrap(org.mariadb.jdbc.Connection.class));
      Thread thread = new Thread(() -> run(connection, sql), "long-query-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    Await.until("all sleep", () -> queries.sleeping() == count);
    return queries;
  }

  private static void run(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      // It was killed, as it had to be.
    }
  }

  private int sleeping() throws SQLException {
    try (Connection root = ProbeAccount.root(server);
        Statement statement = root.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT COUNT(*) FROM information_schema.processlist WHERE state = 'User sleep'")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Override
  public void close() throws SQLException {
    for (org.mariadb.jdbc.Connection connection : connections) {
      ProbeAccount.asRoot(server, "KILL " + connection.getThreadId());
    }
  }
}
