package io.mysqlwire.exactness;

import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes a server sync every class of its files: redo and binary log with each commit, relay log as
 * a replica of itself, tables when they are made and flushed.
 */
final class FsyncWorkload {
  private static final String REPLICA = "replica";

  private final EmbeddedServer server;
  private final AtomicInteger ids = new AtomicInteger();

  FsyncWorkload(EmbeddedServer server) {
    this.server = server;
  }

  /** Options with which no commit goes unsynced, and a server takes its own binary log. */
  static Map<String, String> options(ServerKind kind) {
    Map<String, String> options = new HashMap<>();
    options.put("innodb-flush-log-at-trx-commit", "1");
    options.put("innodb-flush-method", "fsync");
    options.put("sync-binlog", "1");
    options.put("sync-relay-log", "1");
    options.put("log-bin", FsyncWitness.BINLOG);
    options.put("server-id", "7");
    options.put("replicate-same-server-id", "1");
    if (!kind.isMariaDb()) {
      options.put("log-slave-updates", "0");
    }
    return options;
  }

  void createTables() throws SQLException {
    run("CREATE DATABASE shop", "CREATE TABLE shop.item (id INT PRIMARY KEY) ENGINE=InnoDB");
  }

  /** Starts the thread that fetches the binary log, and not the one that would run it. */
  void replicate() throws SQLException {
    String password =
        server.kind() == ServerKind.MYSQL_8_0
            ? "IDENTIFIED WITH mysql_native_password BY "
            : "IDENTIFIED BY ";
    run(
        "CREATE USER " + REPLICA + "@'127.0.0.0/255.0.0.0' " + password + quoted(Client.PASSWORD),
        "GRANT REPLICATION SLAVE ON *.* TO " + REPLICA + "@'127.0.0.0/255.0.0.0'",
        "CHANGE MASTER TO master_host='127.0.0.1', master_ssl=0, master_port="
            + server.port()
            + ", master_user='"
            + REPLICA
            + "', master_password="
            + quoted(Client.PASSWORD),
        "START SLAVE IO_THREAD");
  }

  private static String quoted(String text) {
    return "'" + text + "'";
  }

  /** Commits one row each time, from as many connections at once. */
  void insert(int connections, int rows) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      List<Callable<@Nullable Void>> tasks = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        tasks.add(
            () -> {
              try (Connection connection = connect("shop");
                  Statement statement = connection.createStatement()) {
                for (int row = 0; row < rows; row++) {
                  statement.execute("INSERT INTO item VALUES (" + ids.incrementAndGet() + ")");
                }
              }
              return null;
            });
      }
      for (Future<?> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Tables of other engines, and whatever a flush writes. */
  void makeAndFlush() throws SQLException {
    run("CREATE TABLE shop.page (id INT PRIMARY KEY) ENGINE=MyISAM", "FLUSH LOGS");
    if (server.kind().isMariaDb()) {
      run("CREATE TABLE shop.basket (id INT PRIMARY KEY) ENGINE=Aria");
    }
    run("FLUSH TABLES", "FLUSH LOCAL TABLES shop.item FOR EXPORT", "UNLOCK TABLES");
  }

  /** Another process of this host, with a file of the same name: nobody's business. */
  void syncElsewhere() throws IOException {
    HostChanges.run(
        List.of(
            "dd",
            "if=/dev/zero",
            "of=" + server.directory().resolve("ib_logfile0"),
            "bs=1",
            "count=1",
            "conv=fsync"));
  }

  /** A figure of SHOW GLOBAL STATUS. */
  long status(String name) throws SQLException {
    return number("SHOW GLOBAL STATUS LIKE '" + name + "'", 2);
  }

  /** What a query for one number says. */
  long number(String query) throws SQLException {
    return number(query, 1);
  }

  private long number(String query, int column) throws SQLException {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(column);
    }
  }

  private Connection connect(String schema) throws SQLException {
    return DriverManager.getConnection(
        server.jdbcUrl(schema, "user=root&allowPublicKeyRetrieval=true"));
  }

  void run(String... statements) throws SQLException {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
