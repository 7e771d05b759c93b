package io.mysqlwire.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The distribution's MariaDB in a network namespace, where everyone may log in under any name; its
 * clients are the distribution's, too.
 */
public final class NamespacedServer implements AutoCloseable {
  private static final int START_SECONDS = 120;

  private final int port;
  private final Path directory;
  private final Process process;

  private NamespacedServer(int port, Path directory, Process process) {
    this.port = port;
    this.directory = directory;
    this.process = process;
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param wrapper a command line in front of the server's; may be empty
   */
  public static NamespacedServer start(NetworkNamespace namespace, int port, List<String> wrapper)
      throws IOException {
    return start(namespace, port, List.of(), wrapper);
  }

  /**
   * The same.
   *
   * @param outside a command line in front of the one that enters the namespace, where the host's
   *     cgroups can be seen
   */
  static NamespacedServer start(
      NetworkNamespace namespace, int port, List<String> outside, List<String> wrapper)
      throws IOException {
    ServerInstallation installation = ServerInstallation.prepare(ServerKind.MARIADB_SYSTEM);
    Path directory = Leftovers.directory("mysqlwire-namespaced-");
    Leftovers.copy(installation.dataTemplate(), directory.resolve("data"));
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(installation.command(directory, port));
    command.add("--bind-address=" + installation.kind().everyAddress());
    command.add("--skip-grant-tables");
    List<String> all = new ArrayList<>(outside);
    all.addAll(namespace.command(command));
    Process process =
        Leftovers.start(
            new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server.log").toFile()));
    return new NamespacedServer(port, directory, process).awaitAnswer();
  }

  private NamespacedServer awaitAnswer() throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (true) {
      try {
        NetworkNamespace.run(
            List.of(
                "mariadb-admin",
                "--no-defaults",
                "--connect-timeout=1",
                "--socket=" + directory.resolve("socket"),
                "ping"));
        return this;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          String tail = ServerCommand.tail(directory.resolve("server.log"));
          close();
          throw new IOException("a server does not answer; " + tail, e);
        }
      }
    }
  }

  /**
   * A client that asks so many times over a connection of its own: a query, and a result set of one
   * row each.
   *
   * @param wrapper as for {@link #start}
   * @throws IOException when it did not get every answer
   */
  public void answer(NetworkNamespace client, List<String> wrapper, String host, int times)
      throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(
        List.of(
            "mariadb",
            "--no-defaults",
            "--protocol=tcp",
            "--skip-ssl",
            "--skip-column-names",
            "--user=app",
            "--host=" + host,
            "--port=" + port,
            "--execute=" + "SELECT 'seen';".repeat(times)));
    String said = NetworkNamespace.run(client.command(command));
    if (said.lines().filter("seen"::equals).count() != times) {
      throw new IOException("answers are missing: " + said);
    }
  }

  /** {@code kill -9}. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException {
    Leftovers.end(process);
    Leftovers.delete(directory);
  }
}
