package io.mysqlwire.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A database service whose cgroup comes and goes with it, as systemd has it. Needs root; its
 * clients are in its network namespace.
 */
public final class RestartedService implements AutoCloseable {
  private static final List<String> PLAIN = List.of();

  private final Path cgroup;
  private final int port;
  private final NetworkNamespace namespace;

  /** Nothing runs yet, and there is no cgroup; {@code cgroup} says where it is to be. */
  public RestartedService(Path cgroup, int port) throws IOException {
    this.cgroup = cgroup;
    this.port = port;
    this.namespace = NetworkNamespace.create("service");
  }

  /** Makes its cgroup. */
  public void begin() throws IOException {
    Files.createDirectory(cgroup);
  }

  /** Starts the server in its cgroup, has a client ask so many times, and ends it. */
  public void answer(int times) throws IOException {
    List<String> entering =
        List.of("sh", "-c", "echo 0 > " + cgroup + "/cgroup.procs && exec \"$@\"", "sh");
    try (NamespacedServer server = NamespacedServer.start(namespace, port, entering, PLAIN)) {
      server.answer(namespace, PLAIN, "127.0.0.1", times);
    }
  }

  /** Removes its cgroup, once the kernel has let go of the last process. */
  public void end() throws Exception {
    Await.until(
        "nobody in " + cgroup, () -> Files.readString(cgroup.resolve("cgroup.procs")).isEmpty());
    Files.delete(cgroup);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(cgroup);
    namespace.close();
  }
}
