package io.mysqlwire.health;

import io.mysqlwire.exporter.health.Reason;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is no fault: idle time, and clients that keep every CPU busy. */
class NoFaultIT {
  /** Far more than there are CPUs. */
  private static final int CLIENTS = 16;

  /** Looks, half a second apart. */
  private static final int LOOKS = 40;

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldStayOkWhateverTheLoad(ServerKind kind) throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    try (JudgedServer judged = JudgedServer.probed(kind, Map.of())) {
      judged.shouldBecomeWell();
      judged.shouldStay(Reason.OK, LOOKS);
      for (int i = 0; i < CLIENTS; i++) {
        Thread thread = new Thread(() -> work(judged.server(), enough), "busy-" + i);
        thread.setDaemon(true);
        thread.start();
      }
      judged.shouldStay(Reason.OK, LOOKS);
      System.out.println(kind.label() + ": " + judged.now().verdict().evidence());
    } finally {
      enough.set(true);
    }
  }

  private static void work(EmbeddedServer server, AtomicBoolean enough) {
    try (Connection connection = ProbeAccount.root(server);
        Statement statement = connection.createStatement()) {
      while (!enough.get()) {
        statement.execute("SELECT BENCHMARK(20000, MD5('a'))");
      }
    } catch (SQLException e) {
      // The server is gone, at the end.
    }
  }
}
