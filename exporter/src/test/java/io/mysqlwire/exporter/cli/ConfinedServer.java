package io.mysqlwire.exporter.cli;

import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A server in a cgroup of its own, as one under systemd is. Needs root. */
final class ConfinedServer {
  private final Path cgroup;
  private final EmbeddedServer server;

  private ConfinedServer(Path cgroup, EmbeddedServer server) {
    this.cgroup = cgroup;
    this.server = server;
  }

  /**
   * Starts one. A child begins in the cgroup of its parent, and its sockets belong where it was
   * when it opened them: so this JVM goes there for as long as the start takes.
   */
  static ConfinedServer start() throws IOException {
    Path root = CgroupDirectory.findRoot().orElseThrow();
    Path own = root.resolve(ownCgroup());
    Path cgroup = Files.createTempDirectory(own, "mysql-wire-test-");
    try {
      enter(cgroup);
      return new ConfinedServer(cgroup, EmbeddedServer.start(ServerKind.MARIADB_11_4, Map.of()));
    } finally {
      enter(own);
    }
  }

  private static String ownCgroup() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
        .filter(line -> line.startsWith("0::/"))
        .map(line -> line.substring("0::/".length()))
        .findFirst()
        .orElseThrow();
  }

  private static void enter(Path cgroup) throws IOException {
    Files.writeString(cgroup.resolve("cgroup.procs"), "0");
  }

  EmbeddedServer server() {
    return server;
  }

  Path cgroup() {
    return cgroup;
  }

  /** Ends it and removes its cgroup. */
  void stop() throws Exception {
    server.close();
    Await.until(
        "nobody in " + cgroup, () -> Files.readString(cgroup.resolve("cgroup.procs")).isEmpty());
    Files.delete(cgroup);
  }
}
