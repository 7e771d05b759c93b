package io.mysqlwire.exactness;

import io.mysqlwire.testing.EmbeddedServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Accounts beside those of the {@link Schema}. */
final class Accounts {
  private Accounts() {}

  /** One for a {@link io.mysqlwire.testing.RawClient}; it may read the shop. */
  static void createWithoutPassword(EmbeddedServer server, Client root, String user)
      throws SQLException {
    try (Connection connection = root.connect(server, "");
        Statement statement = connection.createStatement()) {
      for (String host : EmbeddedServer.LOOPBACK_HOSTS) {
        statement.execute("CREATE USER " + user + "@'" + host + "'");
        statement.execute("GRANT SELECT ON shop.* TO " + user + "@'" + host + "'");
      }
    }
  }
}
