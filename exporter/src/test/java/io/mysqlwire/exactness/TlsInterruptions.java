package io.mysqlwire.exactness;

import io.mysqlwire.testing.RawClient;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Answers and connections that end before their time. */
final class TlsInterruptions {
  /** Takes 20 s: some rows leave the server at once, each fills more than a record of TLS. */
  private static final String LONG = "REPEAT('k', 20011), SLEEP(0.02) FROM shop.item";

  /** So much of it shows that the server is in the middle. */
  private static final int SOME = 50_021;

  private TlsInterruptions() {}

  static void killQuery(TlsTalk talk) throws IOException, SQLException {
    for (int i = 0; i < 3; i++) {
      try (RawClient client = talk.login();
          Connection root = talk.root()) {
        client.query("SELECT " + LONG);
        client.read(SOME);
        kill(root, "KILL QUERY ", client);
        client.leave();
      }
    }
  }

  static void killConnection(TlsTalk talk) throws IOException, SQLException {
    boolean idle = talk.server().kind().endsKilledIdle();
    for (int i = 0; i < 5; i++) {
      try (RawClient client = talk.login();
          Connection root = talk.root()) {
        if (!idle || i % 2 == 0) {
          client.query("SELECT " + LONG);
          client.read(SOME);
        }
        client.recorded().mayBeCut();
        kill(root, "KILL ", client);
        client.readToEnd();
      }
    }
  }

  private static void kill(Connection root, String kill, RawClient client) throws SQLException {
    try (Statement statement = root.createStatement()) {
      statement.execute(kill + client.id());
    }
  }

  static void timeOut(TlsTalk talk) throws IOException {
    String limited =
        talk.server().kind().isMariaDb()
            ? "SET STATEMENT max_statement_time = 0.2 FOR SELECT " + LONG
            : "SELECT /*+ MAX_EXECUTION_TIME(200) */ " + LONG;
    for (int i = 0; i < 3; i++) {
      try (RawClient client = talk.login()) {
        client.query(limited);
        client.readAnswer();
        client.query("SELECT 1");
        client.readAnswer();
        client.leave();
      }
    }
  }

  static void idle(TlsTalk talk) throws IOException {
    for (int i = 0; i < 2; i++) {
      try (RawClient client = talk.login()) {
        client.query("SET SESSION wait_timeout = 1");
        client.readAnswer();
        client.readToEnd();
      }
    }
  }
}
