package io.mysqlwire.health;

import io.mysqlwire.testing.EmbeddedServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A server that follows another one by GTIDs, and what it has executed. */
final class Replica {
  private final EmbeddedServer server;

  private Replica(EmbeddedServer server) {
    this.server = server;
  }

  static Replica of(EmbeddedServer server) {
    return new Replica(server);
  }

  /** Begins with all that the other one has ever written. */
  void follow(EmbeddedServer primary) throws SQLException {
    String position =
        server.kind().isMariaDb() ? "master_use_gtid=slave_pos" : "master_auto_position=1";
    ProbeAccount.asRoot(
        server,
        "CHANGE MASTER TO master_host='127.0.0.1', master_ssl=0, master_user='root', master_port="
            + primary.port()
            + ", "
            + position);
    ProbeAccount.asRoot(server, "START SLAVE");
  }

  /** Why it does not follow any more; empty while it does. */
  String problem() throws SQLException {
    try (Connection root = ProbeAccount.root(server);
        Statement statement = root.createStatement();
        ResultSet row = statement.executeQuery("SHOW SLAVE STATUS")) {
      if (!row.next()) {
        return "it is no replica";
      }
      String error = row.getString("Last_IO_Error") + row.getString("Last_SQL_Error");
      boolean runs = !row.getString("Slave_IO_Running").equals("No");
      return runs && row.getString("Slave_SQL_Running").equals("Yes") ? error : "stopped " + error;
    }
  }

  long ownTransactions() throws SQLException {
    return transactionsOf(server);
  }

  /** How many that began on a server this one has executed. */
  long transactionsOf(EmbeddedServer origin) throws SQLException {
    if (server.kind().isMariaDb()) {
      return Gtids.ofMariaDb(ask(server, "@@global.gtid_binlog_pos"), ask(origin, "@@server_id"));
    }
    return Gtids.ofMysql(ask(server, "@@global.gtid_executed"), ask(origin, "@@server_uuid"));
  }

  long probeRows() throws SQLException {
    return Long.parseLong(ask(server, "COUNT(*) FROM mysql.health_check"));
  }

  private static String ask(EmbeddedServer server, String expression) throws SQLException {
    try (Connection root = ProbeAccount.root(server);
        Statement statement = root.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + expression)) {
      row.next();
      return row.getString(1);
    }
  }
}
