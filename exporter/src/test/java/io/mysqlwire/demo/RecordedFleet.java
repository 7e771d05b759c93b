package io.mysqlwire.demo;

import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes down what two exporters say of two servers in trouble, for the pictures of the dashboards.
 *
 * <p>Each page is a file {@code HOST-MILLISECONDS.txt}, with the port of the server as 3306: the
 * free one that it got says nothing. {@code grafana-dashboards/picture/samples.py} makes samples of
 * them.
 */
final class RecordedFleet {
  private static final Duration STEP = Duration.ofSeconds(5);
  private static final String PASSWORD = "probe";

  /** For the probe of the disk's waits. */
  private static final Map<String, String> OPTIONS = Map.of("performance-schema", "1");

  private RecordedFleet() {}

  /** What is done to a server, and at which page of how many. */
  private record Fault(int from, int to, Step begin, Step end) {}

  /** A server and the exporter of its host. */
  private record Host(String name, EmbeddedServer server, ExporterProcess exporter) {}

  private interface Step {
    void run() throws Exception;
  }

  /**
   * Records.
   *
   * @param arguments the folder to write into, how many pages, and further flags of the exporters;
   *     {@code --probe} stands for the health probes with an account of their own
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int pages = Integer.parseInt(arguments[1]);
    List<String> flags = List.of(arguments).subList(2, arguments.length);
    Path names = folder.resolve("names");
    Files.writeString(names, "127.0.1.1 checkout\n127.0.1.2 search\n127.0.1.3 reports\n");
    try (EmbeddedServer first = EmbeddedServer.start(ServerKind.MARIADB_11_4, OPTIONS);
        EmbeddedServer second = EmbeddedServer.start(ServerKind.MARIADB_11_4, OPTIONS);
        Load load = new Load(first);
        Load other = new Load(second);
        ExporterProcess one = exporter(first, folder.resolve("one.cnf"), names, flags);
        ExporterProcess two = exporter(second, folder.resolve("two.cnf"), names, flags)) {
      load.start();
      other.start();
      List<Fault> faults =
          List.of(
              new Fault(
                  pages / 3,
                  pages / 3 + pages / 10,
                  signal(second, "STOP"),
                  signal(second, "CONT")),
              new Fault(
                  pages * 2 / 3,
                  pages * 2 / 3 + pages / 10,
                  () -> root(first, "SET GLOBAL read_only = 1"),
                  () -> root(first, "SET GLOBAL read_only = 0")));
      try {
        record(
            folder,
            pages,
            List.of(new Host("db1", first, one), new Host("db2", second, two)),
            faults);
      } finally {
        // A server that is stopped could not be ended.
        for (Fault fault : faults) {
          fault.end.run();
        }
      }
    }
    System.exit(0);
  }

  private static void record(Path folder, int pages, List<Host> hosts, List<Fault> faults)
      throws Exception {
    long begin = System.nanoTime();
    for (int page = 0; page < pages; page++) {
      for (Fault fault : faults) {
        if (page == fault.from) {
          fault.begin.run();
        } else if (page == fault.to) {
          fault.end.run();
        }
      }
      for (Host host : hosts) {
        String own = ":" + host.server.port() + "\"";
        Files.writeString(
            folder.resolve(host.name + "-" + Instant.now().toEpochMilli() + ".txt"),
            host.exporter.scrape().replace(own, ":3306\""));
      }
      long left = begin + STEP.toNanos() * (page + 1) - System.nanoTime();
      Thread.sleep(Math.max(0, left / 1_000_000));
    }
  }

  private static ExporterProcess exporter(
      EmbeddedServer server, Path credentials, Path names, List<String> flags) throws Exception {
    List<String> all = new ArrayList<>(List.of("--backend.names=file=" + names));
    for (String flag : flags) {
      all.add(flag.equals("--probe") ? probe(server, credentials) : flag);
    }
    return ExporterProcess.start(server.port(), "127.0.0.1:0", all.toArray(String[]::new));
  }

  /** The account and the table of the probes, and the flag that turns them on. */
  private static String probe(EmbeddedServer server, Path credentials) throws Exception {
    root(
        server,
        "CREATE TABLE mysql.health_check (id INT UNSIGNED PRIMARY KEY, t_modified DATETIME)",
        "CREATE USER probe@'127.0.0.0/255.0.0.0' IDENTIFIED BY '" + PASSWORD + "'",
        "GRANT SELECT, INSERT, UPDATE ON mysql.health_check TO probe@'127.0.0.0/255.0.0.0'",
        "GRANT SELECT ON performance_schema.* TO probe@'127.0.0.0/255.0.0.0'");
    Files.writeString(
        credentials,
        "[client]\nhost = 127.0.0.1\nport = %d\nuser = probe\npassword = %s\n"
            .formatted(server.port(), PASSWORD));
    return "--probe.dsn-file=" + credentials;
  }

  private static Step signal(EmbeddedServer server, String name) {
    return () -> {
      String pid = String.valueOf(server.pid());
      int status = new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
      if (status != 0) {
        throw new IOException("kill -" + name + " ended with status " + status);
      }
    };
  }

  private static void root(EmbeddedServer server, String... statements)
      throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl("", ""), "root", "");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
