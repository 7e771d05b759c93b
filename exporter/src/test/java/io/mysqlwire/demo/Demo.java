package io.mysqlwire.demo;

import io.mysqlwire.health.ProbeAccount;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs the demo; everything it starts ends with it. */
public final class Demo {
  private static final int PORT = 10306;
  private static final String ADDRESS = "127.0.0.1:" + PORT;
  private static final String URL = "http://" + ADDRESS;
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private Demo() {}

  public static void main(String[] arguments) throws InterruptedException {
    DemoOptions options;
    try {
      options = DemoOptions.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + DemoOptions.USAGE);
      System.exit(MISUSED);
      return;
    }
    try {
      requireFreePort();
      run(options);
    } catch (IOException | SQLException e) {
      System.err.println("demo: " + e.getMessage());
      System.exit(FAILED);
    }
    // Threads of the drivers would keep the JVM alive for a while.
    System.exit(0);
  }

  private static void requireFreePort() throws IOException {
    try {
      new ServerSocket(PORT, 1, InetAddress.getLoopbackAddress()).close();
    } catch (IOException e) {
      throw new IOException(
          ADDRESS + " is in use: end what listens there (ss -ltnp sport = :10306)", e);
    }
  }

  private static void run(DemoOptions options)
      throws IOException, SQLException, InterruptedException {
    System.out.println("Starting MariaDB 11.4 (the first time it is unpacked: about 20 s) …");
    try (EmbeddedServer server = EmbeddedServer.start(ServerKind.MARIADB_11_4, Map.of())) {
      System.out.println("MariaDB listens on port " + server.port() + ". Starting the exporter …");
      try (ExporterProcess exporter = ExporterProcess.start(server.port(), ADDRESS, flags(server, options));
          Load load = new Load(server)) {
        if (options.probed()) {
          load.startHealthy();
        } else {
          load.start();
        }
        System.out.println("The exporter serves " + URL + "/metrics\n");
        watch(exporter, options.length());
      }
    }
    System.out.println("\nDone: server, load and exporter have ended.");
  }

  private static String[] flags(EmbeddedServer server, DemoOptions options)
      throws IOException, SQLException {
    if (!options.probed()) {
      return new String[0];
    }
    ProbeAccount.create(server);
    Path dsn = server.directory().resolve("probes.cnf");
    Files.createFile(
        dsn, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        dsn,
        String.join(
            "\n",
            "[client]",
            "host = 127.0.0.1",
            "port = " + server.port(),
            "user = " + ProbeAccount.USER,
            "password = '" + ProbeAccount.PASSWORD + "'",
            ""));
    return new String[] {"--probe.dsn-file=" + dsn};
  }

  private static void watch(ExporterProcess exporter, Duration length)
      throws IOException, InterruptedException {
    boolean terminal = isTerminal();
    Duration pause = Duration.ofSeconds(terminal ? 1 : Math.min(5, length.toSeconds()));
    String footer = "Page: " + URL + "/   metrics: " + URL + "/metrics";
    ResponseTable table = new ResponseTable(System.out, terminal, footer + (terminal ? "" : "\n"));
    long end = System.nanoTime() + length.toNanos();
    long last = System.nanoTime();
    while (System.nanoTime() < end) {
      Thread.sleep(Math.max(1, Math.min(pause.toMillis(), (end - System.nanoTime()) / 1_000_000)));
      Page page = Page.parse(exporter.scrape());
      long now = System.nanoTime();
      table.draw(page, Duration.ofNanos(now - last));
      last = now;
    }
  }

  /** Whether standard output is one; {@code System.console()} asks about standard input as well. */
  private static boolean isTerminal() throws IOException {
    String output = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
    return output.startsWith("/dev/pts/") || output.startsWith("/dev/tty");
  }
}
