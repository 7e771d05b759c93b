package io.mysqlwire.demo;

import io.mysqlwire.testing.EmbeddedServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Three services that use a database as services do: mostly well, now and then not. */
public final class Load implements AutoCloseable {
  private static final String PASSWORD = "demo";

  private static final List<String> SCHEMA =
      List.of(
          "CREATE DATABASE shop",
          "USE shop",
          "CREATE TABLE orders (id INT PRIMARY KEY, amount BIGINT UNSIGNED NOT NULL)",
          "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(100) NOT NULL)",
          "INSERT INTO item SELECT seq, CONCAT('item ', seq) FROM seq_1_to_1000",
          "INSERT INTO orders SELECT seq, seq * 7 FROM seq_1_to_1000");

  private final EmbeddedServer server;
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(8);
  private final List<Connection> connections = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();

  /** Makes the schema and the accounts. */
  public Load(EmbeddedServer server) throws SQLException {
    this.server = server;
    try (Connection root = connect("127.0.0.1", "root", "", "");
        Statement statement = root.createStatement()) {
      for (String sql : SCHEMA) {
        statement.execute(sql);
      }
      for (String host : EmbeddedServer.LOOPBACK_HOSTS) {
        for (String user : List.of("checkout", "search", "reports")) {
          String account = user + "@'" + host + "'";
          statement.execute("CREATE USER " + account + " IDENTIFIED BY '" + PASSWORD + "'");
          statement.execute("GRANT ALL ON shop.* TO " + account);
        }
      }
    }
  }

  /** About 300 statements a second: enough to see, too little to feel. */
  public void start() throws SQLException {
    startHealthy();
    Client checkout = client("127.0.1.1", "checkout");
    every(300, checkout, "INSERT INTO orders VALUES (7, 1)");
    deadlocks();
    Client search = client("127.0.1.2", "search");
    every(700, search, "SELECT id FROM item_v2 WHERE id = 1");
    every(1500, search, "SELECT id FROM item WHRE id = 1");
    Client reports = client("127.0.1.3", "reports");
    every(2000, reports, "SELECT amount - 1000000 FROM orders WHERE id = 1");
    schedule(1000, () -> connect("127.0.1.3", "reports", "expired", "shop").close());
  }

  /** The same without what fails: whoever breaks something sees that alone. */
  public void startHealthy() throws SQLException {
    Client checkout = client("127.0.1.1", "checkout");
    every(12, checkout, "UPDATE orders SET amount = amount + 1 WHERE id = 500");
    every(25, checkout, "SELECT amount FROM orders WHERE id = 7");

    Client search = client("127.0.1.2", "search");
    every(8, search, "SELECT id, name FROM item WHERE name LIKE 'item 9%' LIMIT 20");

    Client reports = client("127.0.1.3", "reports");
    every(50, reports, "SELECT COUNT(*), AVG(amount) FROM orders");
  }

  private void every(int milliseconds, Client client, String sql) {
    schedule(milliseconds, () -> execute(client.connection(), sql));
  }

  /** Two payments that lock the same two orders, each in its own order. */
  private void deadlocks() throws SQLException {
    Connection one = keep(connect("127.0.1.1", "checkout", PASSWORD, "shop"));
    Connection two = keep(connect("127.0.1.1", "checkout", PASSWORD, "shop"));
    one.setAutoCommit(false);
    two.setAutoCommit(false);
    schedule(
        1500,
        () -> {
          execute(one, "UPDATE orders SET amount = amount + 1 WHERE id = 1");
          execute(two, "UPDATE orders SET amount = amount + 1 WHERE id = 2");
          Future<?> other = threads.submit(() -> attempt(() -> pay(one, 2)));
          attempt(() -> pay(two, 1));
          other.get();
        });
  }

  private static void pay(Connection connection, int order) throws SQLException {
    try {
      execute(connection, "UPDATE orders SET amount = amount + 1 WHERE id = " + order);
      connection.commit();
    } finally {
      connection.rollback();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void schedule(int milliseconds, Step step) {
    Future<?> ignored =
        threads.scheduleAtFixedRate(() -> attempt(step), 0, milliseconds, TimeUnit.MILLISECONDS);
    if (ignored.isDone()) {
      throw new IllegalStateException("the load does not start");
    }
  }

  /** What fails is part of the show: the table tells. */
  @SuppressWarnings("CatchAndPrintStackTrace")
  private static void attempt(Step step) {
    try {
      step.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      // On to the next one.
    }
  }

  private Connection connect(String address, String user, String password, String schema)
      throws SQLException {
    String url = server.jdbcUrl(schema, "localSocketAddress=" + address);
    return DriverManager.getConnection(url, user, password);
  }

  private Connection keep(Connection connection) {
    connections.add(connection);
    return connection;
  }

  private Client client(String address, String user) throws SQLException {
    Client client = new Client(address, user);
    clients.add(client);
    return client;
  }

  @Override
  public void close() throws SQLException {
    threads.shutdownNow();
    for (Connection connection : connections) {
      connection.close();
    }
    for (Client client : clients) {
      client.close();
    }
  }

  /** A service's connection, and another one when the server has ended it. */
  private final class Client {
    private final String address;
    private final String user;
    private Connection connection;

    Client(String address, String user) throws SQLException {
      this.address = address;
      this.user = user;
      this.connection = connect(address, user, PASSWORD, "shop");
    }

    synchronized Connection connection() throws SQLException {
      if (connection.isClosed()) {
        connection = connect(address, user, PASSWORD, "shop");
      }
      return connection;
    }

    synchronized void close() throws SQLException {
      connection.close();
    }
  }

  /** Anything that may fail. */
  private interface Step {
    void run() throws Exception;
  }
}
