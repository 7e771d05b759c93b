package io.mysqlwire.exactness;

import io.mysqlwire.testing.EmbeddedServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tables, procedures and accounts that the workload needs. */
public final class Schema {
  /** A prime, and enough rows of {@code item} for several sends. */
  static final int ITEMS = 1009;

  private static final List<String> STATEMENTS =
      List.of(
          "CREATE DATABASE shop",
          "USE shop",
          "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(200) NOT NULL)",
          "INSERT INTO item VALUES " + rows("(%d, REPEAT('n', 50))", ITEMS),
          "CREATE TABLE page (id INT PRIMARY KEY, body MEDIUMTEXT)",
          "INSERT INTO page VALUES " + rows("(%d, REPEAT('p', 5000))", 37),
          "CREATE TABLE price (item INT, amount INT, KEY (item))",
          "INSERT INTO price VALUES " + rows("(%1$d, %1$d)", ITEMS),
          "INSERT INTO price VALUES (1000, 0)",
          "CREATE TABLE account (id INT PRIMARY KEY, balance INT NOT NULL)",
          "INSERT INTO account VALUES " + rows("(%d, 0)", 100),
          "CREATE TABLE parent (id INT PRIMARY KEY)",
          "CREATE TABLE sink (a INT NOT NULL, parent INT, FOREIGN KEY (parent) REFERENCES parent"
              + " (id))",
          "CREATE TABLE file (line VARCHAR(100))",
          "CREATE TABLE checked_file (line VARCHAR(100))",
          "CREATE TRIGGER reject BEFORE INSERT ON checked_file FOR EACH ROW"
              + " SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 50007",
          "CREATE PROCEDURE two_results() BEGIN SELECT 1; SELECT id FROM item LIMIT 7; END",
          "CREATE PROCEDURE signals() BEGIN SELECT 1; SELECT 2;"
              + " SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 50002; END",
          "CREATE PROCEDURE ends_early() BEGIN"
              + " DECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN END;"
              + " SELECT (SELECT amount FROM price WHERE price.item = i.id) FROM item i;"
              + " SELECT 3; END");

  private Schema() {}

  /** Makes tables and procedures; accounts are another matter. */
  public static List<String> statements() {
    return STATEMENTS;
  }

  private static String rows(String format, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> String.format(format, i))
        .collect(Collectors.joining(","));
  }

  static void create(EmbeddedServer server, Client root, Collection<Client> clients)
      throws SQLException {
    try (Connection connection = root.connect(server, "");
        Statement statement = connection.createStatement()) {
      for (String sql : STATEMENTS) {
        statement.execute(sql);
      }
      for (String user : new TreeSet<>(clients.stream().map(Client::user).toList())) {
        account(statement, user, "ALL ON shop.*");
      }
      for (String user : localUsers(clients)) {
        // Over a unix-domain socket a MySQL server wants the newer plugin's password as it is.
        String plugin = server.kind().isMariaDb() ? "" : " WITH mysql_native_password";
        account(statement, user + "@'localhost'", plugin, "ALL ON shop.*");
      }
      account(statement, "operator", "ALL ON *.*");
      account(statement, Witness.UNOBSERVED, "ALL ON shop.*");
    }
  }

  private static Set<String> localUsers(Collection<Client> clients) {
    return new TreeSet<>(
        clients.stream()
            .filter(client -> client.address().equals(Client.UNIX))
            .map(Client::user)
            .toList());
  }

  private static void account(Statement statement, String user, String rights) throws SQLException {
    for (String host : EmbeddedServer.LOOPBACK_HOSTS) {
      account(statement, user + "@'" + host + "'", "", rights);
    }
  }

  private static void account(Statement statement, String account, String plugin, String rights)
      throws SQLException {
    statement.execute(
        "CREATE USER " + account + " IDENTIFIED" + plugin + " BY '" + Client.PASSWORD + "'");
    statement.execute("GRANT " + rights + " TO " + account);
  }
}
