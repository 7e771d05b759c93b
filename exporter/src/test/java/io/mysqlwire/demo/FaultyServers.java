package io.mysqlwire.demo;

import io.mysqlwire.health.ProbeAccount;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Real servers under load, one of which breaks when a line with the name of a fault comes in:
 * {@code rules/end_to_end} looks who is told. Ends with its input.
 */
public final class FaultyServers {
  private static final Map<String, Map<String, String>> OPTIONS =
      Map.of(
          "leak", Map.of("max-connections", "20"),
          "slots", Map.of("innodb-thread-concurrency", "3"));

  private FaultyServers() {}

  /**
   * Prints name and port of each server, and a line for each fault that has begun.
   *
   * @param arguments where to write the file of {@code --probe.dsn-file}
   */
  public static void main(String[] arguments) throws Exception {
    Map<String, EmbeddedServer> servers = new LinkedHashMap<>();
    StringBuilder targets = new StringBuilder();
    for (String name :
        List.of("shop", "stuck", "down", "readonly", "backup", "leak", "account", "slots")) {
      ServerKind kind = name.equals("slots") ? ServerKind.MYSQL_8_0 : ServerKind.MARIADB_11_4;
      EmbeddedServer server = EmbeddedServer.start(kind, OPTIONS.getOrDefault(name, Map.of()));
      servers.put(name, server);
      prepare(server);
      targets.append(
          "[client."
              + name
              + "]\nhost = 127.0.0.1\nssl-mode = DISABLED\nuser = "
              + ProbeAccount.USER
              + "\nport = "
              + server.port()
              + "\npassword = \"a# \\\"password\\\"\"\n");
      System.out.println("server " + name + " " + server.port());
    }
    Files.writeString(Path.of(arguments[0]), targets);
    Faults faults = new Faults(servers);
    System.out.println("ready");
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String fault = input.readLine(); fault != null; fault = input.readLine()) {
      faults.begin(fault);
      System.out.println("began " + fault);
    }
    faults.end();
    for (EmbeddedServer server : servers.values()) {
      server.close();
    }
    // Threads of the drivers would keep the JVM alive for a while.
    System.exit(0);
  }

  private static void prepare(EmbeddedServer server) throws Exception {
    ProbeAccount.create(server);
    List<String> schema =
        List.of(
            "CREATE DATABASE shop",
            "CREATE TABLE shop.item (id INT PRIMARY KEY, amount INT NOT NULL) ENGINE = InnoDB",
            "INSERT INTO shop.item VALUES (1, 1), (2, 2), (3, 3), (4, 4), (5, 5)",
            "CREATE USER app@'127.0.0.0/255.0.0.0' IDENTIFIED BY 'app'",
            "GRANT ALL ON shop.* TO app@'127.0.0.0/255.0.0.0'",
            "CREATE USER batch@'127.0.0.0/255.0.0.0' IDENTIFIED BY 'app'"
                + " WITH MAX_USER_CONNECTIONS 10",
            "GRANT ALL ON shop.* TO batch@'127.0.0.0/255.0.0.0'");
    for (String sql : schema) {
      ProbeAccount.asRoot(server, sql);
    }
  }
}
