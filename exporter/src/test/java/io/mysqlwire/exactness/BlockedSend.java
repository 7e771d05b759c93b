package io.mysqlwire.exactness;

import com.mysql.cj.jdbc.ConnectionImpl;
import io.mysqlwire.testing.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A send that falls short, and the evidence. A row of 5 MB is offered in one piece
 * (net_write_buff() in net_serv.cc), and no socket takes more than 4 MB (tcp_init() in
 * net/ipv4/tcp.c) from a client with hardly a window that stops reading. Seen from outside: the
 * statement goes on while what waits in the socket stays the same, so that mysqld must be waiting
 * for room.
 */
final class BlockedSend {
  static final String ROWS =
      "SELECT REPEAT('s', IF(id = 5, 5000011, 3)) FROM item WHERE id < 11 ORDER BY id";
  private static final int SAMPLES = 11;
  private static final long LIMIT_NANOSECONDS = TimeUnit.MINUTES.toNanos(2);

  private final int port;
  private final Connection observer;

  BlockedSend(EmbeddedServer server, Connection observer) {
    this.port = server.port();
    this.observer = observer;
  }

  /** Asks on one connection, and goes on reading once the server was seen waiting. */
  void provoke(Connection narrow) throws SQLException, IOException, InterruptedException {
    try (Statement statement = narrow.createStatement()) {
      long id;
      try (ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
        row.next();
        id = row.getLong(1);
      }
      // Both drivers then read rows one by one.
      statement.setFetchSize(narrow instanceof ConnectionImpl ? Integer.MIN_VALUE : 1);
      try (ResultSet rows = statement.executeQuery(ROWS)) {
        rows.next();
        System.out.println("waiting to be sent: " + await(id) + " bytes");
        while (rows.next()) {}
      }
    }
  }

  /** Waits until connection {@code id} can't get rid of its answer; returns how much waits. */
  long await(long id) throws SQLException, IOException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT_NANOSECONDS;
    long before = 0;
    int same = 0;
    while (same < SAMPLES) {
      if (System.nanoTime() > deadline) {
        throw new IOException("the server was not seen waiting for room to send");
      }
      Thread.sleep(20);
      long queued = isRunning(id) ? queued() : 0;
      same = queued > 0 && queued == before ? same + 1 : 0;
      before = queued;
    }
    return before;
  }

  private boolean isRunning(long id) throws SQLException {
    try (Statement statement = observer.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT command FROM information_schema.processlist WHERE id = " + id)) {
      return row.next() && row.getString(1).equals("Query");
    }
  }

  /** The longest send queue of the server's sockets; of idle connections it is empty. */
  private long queued() throws IOException {
    String local = String.format(":%04X", port);
    long longest = 0;
    for (Path table : List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"))) {
      for (String line : Files.exists(table) ? Files.readAllLines(table) : List.<String>of()) {
        // "0: 0100007F:0CEA 0100007F:D6E4 01 00004000:00000000 ...": tx_queue is the fifth.
        String[] columns = line.strip().split("\\s+", -1);
        if (columns[1].endsWith(local)) {
          longest = Math.max(longest, Long.parseLong(columns[4].substring(0, 8), 16));
        }
      }
    }
    return longest;
  }
}
