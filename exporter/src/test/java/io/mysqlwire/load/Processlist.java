package io.mysqlwire.load;

import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

/** What the server itself says of its connections, as root from 127.0.0.1. */
final class Processlist {
  private static final String SLEEPING =
      "SELECT COUNT(*) FROM information_schema.processlist WHERE state = 'User sleep'";

  private Processlist() {}

  /**
   * Waits until so many connections are within SLEEP(): a KILL QUERY that comes before a statement
   * has begun is forgotten by it.
   */
  static void awaitSleeping(EmbeddedServer server, int connections) throws Exception {
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl("", "user=root"));
        Statement statement = connection.createStatement()) {
      Await.until(
          connections + " connections sleep",
          () -> {
            try (ResultSet row = statement.executeQuery(SLEEPING)) {
              row.next();
              return row.getInt(1) == connections;
            }
          });
    }
  }
}
