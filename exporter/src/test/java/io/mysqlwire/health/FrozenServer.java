package io.mysqlwire.health;

import io.mysqlwire.exactness.Taps;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A server that its cgroup's freezer keeps from running, as a paused container: for everybody who
 * looks at the process it sleeps, like one that waits for work.
 */
final class FrozenServer implements AutoCloseable {
  private final Path cgroup;
  private final EmbeddedServer server;

  private FrozenServer(Path cgroup, EmbeddedServer server) {
    this.cgroup = cgroup;
    this.server = server;
  }

  static FrozenServer freeze(EmbeddedServer server) throws Exception {
    Path cgroup = Files.createTempDirectory(Taps.cgroup(), "mysql-wire-frozen-");
    Files.writeString(cgroup.resolve("cgroup.procs"), Long.toString(server.pid()));
    FrozenServer frozen = new FrozenServer(cgroup, server);
    frozen.set("1");
    Await.until(
        "it is frozen",
        () -> Files.readString(cgroup.resolve("cgroup.events")).contains("frozen 1"));
    return frozen;
  }

  private void set(String state) throws IOException {
    Files.writeString(cgroup.resolve("cgroup.freeze"), state);
  }

  /** Lets it go on, where it was before. */
  @Override
  public void close() throws IOException {
    set("0");
    Files.writeString(Taps.cgroup().resolve("cgroup.procs"), Long.toString(server.pid()));
    Files.delete(cgroup);
  }
}
