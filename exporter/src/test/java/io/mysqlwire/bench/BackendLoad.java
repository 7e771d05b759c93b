package io.mysqlwire.bench;

import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.RawClient;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Backends that all there is to count was counted for: each has an address of its own, one of some
 * accounts, three commands, three good ends of responses and five error codes. Every eighth stays
 * connected.
 */
final class BackendLoad implements AutoCloseable {
  private static final int ACCOUNTS = 16;
  private static final byte COM_QUIT = 1;
  private static final byte COM_PING = 14;
  private static final int FIRST_CODE = 30_000;

  private final List<RawClient> connected = new ArrayList<>();

  /** Makes the accounts. */
  BackendLoad(EmbeddedServer server) throws SQLException {
    try (Connection root = DriverManager.getConnection(server.jdbcUrl("", "user=root"));
        Statement statement = root.createStatement()) {
      for (int i = 0; i < ACCOUNTS; i++) {
        statement.execute("CREATE USER " + account(i) + "@'127.0.0.0/255.0.0.0'");
      }
    }
  }

  /** Lets that many backends talk, one after the other. */
  void talk(EmbeddedServer server, int backends) throws IOException {
    for (int i = 0; i < backends; i++) {
      String address = "127.10." + i / 250 + "." + (1 + i % 250);
      RawClient client = RawClient.connect(server, address);
      client.login(account(i));
      ask(client, "SELECT 1");
      ask(client, "DO 1");
      for (int code = 0; code < 5; code++) {
        ask(client, "SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = " + (FIRST_CODE + (i + code) % 30));
      }
      client.send(RawClient.packet(0, new byte[] {COM_PING}));
      client.readAnswer();
      if (i % 8 == 0) {
        connected.add(client);
      } else {
        client.send(RawClient.packet(0, new byte[] {COM_QUIT}));
        client.leave();
        client.close();
      }
    }
  }

  private static void ask(RawClient client, String sql) throws IOException {
    client.query(sql);
    client.readAnswer();
  }

  private static String account(int i) {
    return "service" + i % ACCOUNTS;
  }

  @Override
  public void close() throws IOException {
    for (RawClient client : connected) {
      client.close();
    }
  }
}
