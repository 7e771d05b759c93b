package io.mysqlwire.bench;

import io.mysqlwire.testing.EmbeddedServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Many tables, read once each: the exporter that asks the server has series for each of them. */
final class TableLoad {
  private TableLoad() {}

  static void create(EmbeddedServer server, int tables) throws SQLException {
    try (Connection root = DriverManager.getConnection(server.jdbcUrl("", "user=root"));
        Statement statement = root.createStatement()) {
      statement.execute("CREATE DATABASE shop");
      for (int i = 0; i < tables; i++) {
        String table = "shop.item_" + i;
        statement.execute("CREATE TABLE " + table + " (id INT PRIMARY KEY) ENGINE=MyISAM");
        statement.execute("INSERT INTO " + table + " VALUES (1)");
        statement.execute("SELECT * FROM " + table + " WHERE id = 1");
      }
    }
  }
}
