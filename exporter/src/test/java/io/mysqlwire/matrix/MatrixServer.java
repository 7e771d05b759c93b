package io.mysqlwire.matrix;

import io.mysqlwire.exactness.Schema;
import io.mysqlwire.testing.Certificates;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server with everything that some topic needs, and an administrator logged in. */
final class MatrixServer implements AutoCloseable {
  private final EmbeddedServer server;
  private final Connection administrator;

  private MatrixServer(EmbeddedServer server, Connection administrator) {
    this.server = server;
    this.administrator = administrator;
  }

  static MatrixServer start(ServerKind kind, Path certificates) throws IOException, SQLException {
    EmbeddedServer server = EmbeddedServer.start(kind, options(kind, certificates));
    try {
      Connection root =
          DriverManager.getConnection(server.jdbcUrl("", "user=root&allowPublicKeyRetrieval=true"));
      MatrixServer started = new MatrixServer(server, root);
      started.fill();
      return started;
    } catch (SQLException e) {
      server.close();
      throw e;
    }
  }

  private static Map<String, String> options(ServerKind kind, Path certificates) {
    Map<String, String> options = new HashMap<>();
    options.put("server-id", "1");
    options.put("log-bin", "binlog");
    options.put("local-infile", "1");
    options.put("max-allowed-packet", "64M");
    options.put("max-connect-errors", "1000000");
    options.put("secure-file-priv", "");
    if (kind.isMariaDb()) {
      options.put("progress-report-time", "1");
    }
    if (Topic.TLS.impossibleOn(kind).isEmpty()) {
      options.putAll(Certificates.serverOptions(certificates));
    }
    return options;
  }

  private void fill() throws SQLException {
    List<String> statements = new ArrayList<>(Schema.statements());
    statements.add(
        "CREATE TABLE sbtest1 (id INT PRIMARY KEY AUTO_INCREMENT, k INT NOT NULL DEFAULT 0,"
            + " c CHAR(120) NOT NULL DEFAULT '', pad CHAR(60) NOT NULL DEFAULT '', KEY (k))");
    statements.add(
        "INSERT INTO sbtest1 (k, c, pad) SELECT id, REPEAT('c', 119), REPEAT('p', 59)"
            + " FROM item WHERE id < 1000");
    for (String host : EmbeddedServer.LOOPBACK_HOSTS) {
      addAccount(statements, Target.NATIVE, host, "mysql_native_password");
      addAccount(statements, Target.OTHER, host, "mysql_native_password");
      if (server.kind() == ServerKind.MYSQL_8_0) {
        addAccount(statements, Target.SHA2, host, "caching_sha2_password");
      }
    }
    for (String sql : statements) {
      execute(sql);
    }
  }

  private void addAccount(List<String> statements, String user, String host, String plugin) {
    String account = user + "@'" + host + "'";
    String by = "'" + Target.PASSWORD + "'";
    // MariaDB 10.11 takes a hash after the plugin's name, and its own plugin by default.
    String with = server.kind().isMariaDb() ? "BY " + by : "WITH " + plugin + " BY " + by;
    statements.add("CREATE USER " + account + " IDENTIFIED " + with);
    statements.add("GRANT ALL ON *.* TO " + account);
  }

  EmbeddedServer server() {
    return server;
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = administrator.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Each row as its columns, joined by spaces, before the last column, a number. */
  Map<String, Long> numbers(String sql) throws SQLException {
    Map<String, Long> numbers = new HashMap<>();
    try (Statement statement = administrator.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      int last = row.getMetaData().getColumnCount();
      while (row.next()) {
        StringBuilder name = new StringBuilder(row.getString(1));
        for (int i = 2; i < last; i++) {
          name.append(' ').append(row.getString(i));
        }
        numbers.put(name.toString(), row.getLong(last));
      }
    }
    return numbers;
  }

  /** Ends the threads that send the binary log. */
  void endDumps() throws SQLException {
    for (long id :
        numbers(
                "SELECT id, id FROM information_schema.processlist"
                    + " WHERE command LIKE 'Binlog Dump%'")
            .values()) {
      execute("KILL " + id);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      administrator.close();
    } catch (SQLException e) {
      throw new IOException("the administrator was thrown out", e);
    } finally {
      server.close();
    }
  }
}
