package io.mysqlwire.failover;

import io.mysqlwire.exactness.HostChanges;
import io.mysqlwire.exporter.cli.ExporterProcess;
import io.mysqlwire.exporter.cli.RunningExporter;
import io.mysqlwire.health.ProbeAccount;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.HostNetwork;
import io.mysqlwire.testing.Leftovers;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Two hosts with a server and an exporter each, as packaged files expect them. Needs root. */
final class Databases implements AutoCloseable {
  static final int COUNT = 2;

  /** Threads that InnoDB lets in. */
  static final int SLOTS = 3;

  private static final String DISK = "4m";

  private final HostNetwork network;
  private final HostChanges changes = new HostChanges();
  private final Path directory;
  private final Path binlogDisk;
  private final List<EmbeddedServer> servers = new ArrayList<>();
  private final List<RunningExporter> exporters = new ArrayList<>();

  private Databases() throws Exception {
    network = HostNetwork.of(COUNT);
    directory = Leftovers.directory("mysqlwire-databases-");
    binlogDisk = changes.smallDisk("mysqlwire-binlog-", DISK);
  }

  static Databases start() throws Exception {
    Databases databases = new Databases();
    try {
      for (int host = 1; host <= COUNT; host++) {
        databases.startOn(host);
      }
      return databases;
    } catch (Exception | AssertionError e) {
      databases.close();
      throw e;
    }
  }

  private void startOn(int host) throws Exception {
    Path binlog = Files.createDirectory(binlogDisk.resolve("server" + host));
    EmbeddedServer server =
        EmbeddedServer.startOn(
            network,
            host,
            ServerKind.MYSQL_8_0,
            Map.of(
                "innodb-thread-concurrency",
                String.valueOf(SLOTS),
                "server-id",
                String.valueOf(host),
                "log-bin",
                (host == 1 ? binlog : Path.of("binlog")).toString()));
    servers.add(server);
    ProbeAccount.create(server);
    for (String sql : accounts()) {
      ProbeAccount.asRoot(server, sql);
    }
    Path targets = Files.writeString(directory.resolve("probes" + host), targets());
    List<String> command =
        ExporterProcess.command(
            ExporterProcess.classPath(),
            "run",
            "--tap=cgroup",
            "--mysql.port=" + server.port(),
            "--probe.dsn-file=" + targets,
            "--web.listen-address=127.0.0.1:10306",
            "--web.listen-address=" + server.address() + ":10306");
    exporters.add(RunningExporter.start(network.host(host).entering(command)));
  }

  /** For the clients, and for the checks that need no password. */
  private List<String> accounts() {
    String checks = "IDENTIFIED WITH mysql_native_password BY ''";
    return List.of(
        "CREATE DATABASE shop",
        "CREATE TABLE shop.item (id INT PRIMARY KEY)",
        "INSERT INTO shop.item VALUES (1), (2)",
        "CREATE TABLE shop.purchase (id INT AUTO_INCREMENT PRIMARY KEY)",
        "CREATE USER " + Writer.ACCOUNT + "@'%' " + checks,
        "GRANT SELECT, INSERT ON shop.* TO " + Writer.ACCOUNT + "@'%'",
        "CREATE USER mysql_check@'%' " + checks,
        "CREATE USER select_1@'%' " + checks);
  }

  private static String targets() {
    return """
        [client]
        host = 127.0.0.1
        port = 3306
        user = %s
        password = '%s'
        """
        .formatted(ProbeAccount.USER, ProbeAccount.PASSWORD);
  }

  HostNetwork network() {
    return network;
  }

  /** The one that has clients while it is healthy. */
  EmbeddedServer first() {
    return servers.get(0);
  }

  /** Where the first one's binlog is, and nothing else. */
  Path binlogDisk() {
    return binlogDisk;
  }

  /** What went wrong, for whoever reads the test's output. */
  String logs() throws IOException {
    StringBuilder all = new StringBuilder();
    for (RunningExporter exporter : exporters) {
      all.append(exporter.log()).append('\n');
    }
    return all.toString();
  }

  @Override
  public void close() throws IOException {
    for (RunningExporter exporter : exporters) {
      exporter.close();
    }
    for (EmbeddedServer server : servers) {
      server.close();
    }
    network.close();
    changes.close();
    Leftovers.delete(directory);
  }
}
