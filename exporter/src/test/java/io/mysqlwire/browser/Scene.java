package io.mysqlwire.browser;

import io.mysqlwire.demo.ExporterProcess;
import io.mysqlwire.demo.Load;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * All that there is to look at, and what looks: a server under the load of the demo, a report that
 * takes longer than the test, the exporter, and a browser.
 */
record Scene(
    EmbeddedServer server, ExporterProcess exporter, Load load, Connection report, Chromium browser)
    implements AutoCloseable {

  static Scene start() throws Exception {
    EmbeddedServer server = EmbeddedServer.start(ServerKind.MARIADB_11_4, Map.of("ssl", "1"));
    ExporterProcess exporter = startExporter(server);
    Load load = new Load(server);
    load.start();
    return new Scene(server, exporter, load, startReport(server), Chromium.start());
  }

  static ExporterProcess startExporter(EmbeddedServer server)
      throws IOException, InterruptedException {
    return ExporterProcess.start(server.port(), "127.0.0.1:0");
  }

  /** A command that waits until the end, from an address of its own. */
  private static Connection startReport(EmbeddedServer server) throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            server.jdbcUrl("shop", "localSocketAddress=127.0.1.4"), "reports", "demo");
    Thread thread =
        new Thread(
            () -> {
              try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT SLEEP(3600)");
              } catch (SQLException e) {
                // The end of the scene ends it.
              }
            },
            "report");
    thread.start();
    return connection;
  }

  /** The page in a new tab. */
  StatusTab visit() throws Exception {
    StatusTab tab = new StatusTab(browser.open());
    tab.visit(exporter.url());
    return tab;
  }

  @Override
  public void close() throws IOException, SQLException {
    browser.close();
    report.abort(Runnable::run);
    load.close();
    exporter.close();
    server.close();
  }
}
