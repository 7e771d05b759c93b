package io.mysqlwire.testing;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A real MySQL or MariaDB server of its own, for one test or demo: fresh data, free port, loopback
 * clients only. {@code root} logs in without password.
 */
public final class EmbeddedServer implements AutoCloseable {
  /**
   * Host parts of accounts for clients of this machine. The server listens to everyone, because the
   * two address families share no loopback address; others find no account.
   */
  public static final List<String> LOOPBACK_HOSTS = List.of("127.0.0.0/255.0.0.0", "::1");

  /** A bound, not an expectation: a server under emulation takes twenty times its usual second. */
  private static final int START_SECONDS = 120;

  /** On a host of its own, where it is nobody else's. */
  private static final int PORT = 3306;

  private static final String LOG = "server.log";
  private static final String ACCOUNTS = "accounts.sql";

  private final ServerKind kind;
  private final Path directory;
  private final InetSocketAddress address;
  private final List<String> command;
  private Process process;

  private EmbeddedServer(
      ServerKind kind,
      Path directory,
      InetSocketAddress address,
      List<String> command,
      Process process) {
    this.kind = kind;
    this.directory = directory;
    this.address = address;
    this.command = List.copyOf(command);
    this.process = process;
  }

  /**
   * Starts a server and waits until it greets.
   *
   * @param options further options by name without dashes, e.g. {@code max-connections} → {@code
   *     20}; they win over the usual ones
   */
  public static EmbeddedServer start(ServerKind kind, Map<String, String> options)
      throws IOException {
    return start(kind, options, ServerVariant.USUAL);
  }

  /** The same of a peculiar server. */
  public static EmbeddedServer start(
      ServerKind kind, Map<String, String> options, ServerVariant variant) throws IOException {
    return start(kind, options, variant, Leftovers.directory(prefix(kind)));
  }

  /** The same with its files on the file system that holds {@code parent}. */
  public static EmbeddedServer startBelow(Path parent, ServerKind kind, Map<String, String> options)
      throws IOException {
    Path directory = Leftovers.directoryBelow(parent, prefix(kind));
    return start(kind, options, ServerVariant.USUAL, directory);
  }

  private static String prefix(ServerKind kind) {
    return "mysqlwire-" + kind.label() + "-";
  }

  private static EmbeddedServer start(
      ServerKind kind, Map<String, String> options, ServerVariant variant, Path directory)
      throws IOException {
    ServerInstallation installation = ServerInstallation.prepare(kind);
    try {
      copyTemplate(installation, directory);
      writeAccounts(directory);
      int port = freePort();
      List<String> command = command(installation, directory, port, options);
      return launch(kind, directory, port, variant.command(command, directory));
    } catch (IOException e) {
      Leftovers.delete(directory);
      throw e;
    }
  }

  /** The same on another host of a network, for clients of all of them. */
  public static EmbeddedServer startOn(
      HostNetwork network, int host, ServerKind kind, Map<String, String> options)
      throws IOException {
    return startOn(network, host, kind, options, ServerVariant.USUAL);
  }

  /** The same of a peculiar server. */
  public static EmbeddedServer startOn(
      HostNetwork network,
      int host,
      ServerKind kind,
      Map<String, String> options,
      ServerVariant variant)
      throws IOException {
    ServerInstallation installation = ServerInstallation.prepare(kind);
    Path directory = Leftovers.directory(prefix(kind));
    try {
      copyTemplate(installation, directory);
      writeAccounts(directory, network.accountHosts());
      List<String> command = command(installation, directory, PORT, options);
      return launch(
          kind,
          directory,
          new InetSocketAddress(network.address(host), PORT),
          network.host(host).entering(variant.command(command, directory)));
    } catch (IOException e) {
      Leftovers.delete(directory);
      throw e;
    }
  }

  private static void copyTemplate(ServerInstallation installation, Path directory)
      throws IOException {
    Path files = directory.resolve("data");
    Leftovers.copy(installation.dataTemplate(), files);
    // MySQL's server_uuid: a copy is another server, which may replicate from the first.
    Files.deleteIfExists(files.resolve("auto.cnf"));
  }

  /** Runs a command line that becomes the server; {@code directory} is for its log, at least. */
  static EmbeddedServer launch(ServerKind kind, Path directory, int port, List<String> command)
      throws IOException {
    return launch(
        kind, directory, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), command);
  }

  private static EmbeddedServer launch(
      ServerKind kind, Path directory, InetSocketAddress address, List<String> command)
      throws IOException {
    Process process = run(directory, command);
    return new EmbeddedServer(kind, directory, address, command, process).awaitGreeting();
  }

  private static Process run(Path directory, List<String> command) throws IOException {
    return Leftovers.start(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(directory.resolve(LOG).toFile())));
  }

  /** {@code kill -9}; its data stays as it was. */
  public void kill() {
    process.destroyForcibly();
    Leftovers.end(process);
  }

  /** Runs again on its data and port, once it has ended. */
  public void startAgain() throws IOException {
    process = run(directory, command);
    awaitGreeting();
  }

  /**
   * The same server once more, on the same data and port, when this one has ended.
   *
   * @param binary a copy of its program
   */
  public EmbeddedServer startAgain(Path binary) throws IOException {
    List<String> again = new ArrayList<>(command);
    again.set(0, binary.toString());
    return launch(kind, directory, address, again);
  }

  /** For {@link #command}: accounts that the server makes when it starts. */
  static void writeAccounts(Path directory) throws IOException {
    writeAccounts(directory, LOOPBACK_HOSTS);
  }

  private static void writeAccounts(Path directory, List<String> hosts) throws IOException {
    StringBuilder sql = new StringBuilder();
    for (String host : hosts) {
      sql.append("CREATE USER IF NOT EXISTS root@'" + host + "';\n");
      sql.append("GRANT ALL ON *.* TO root@'" + host + "' WITH GRANT OPTION;\n");
    }
    Files.writeString(directory.resolve(ACCOUNTS), sql);
  }

  /**
   * A server's command line.
   *
   * @param directory with its files, as it sees it
   */
  static List<String> command(
      ServerInstallation installation, Path directory, int port, Map<String, String> options)
      throws IOException {
    ServerKind kind = installation.kind();
    List<String> command = installation.command(directory, port);
    command.addAll(
        List.of(
            "--init-file=" + directory.resolve(ACCOUNTS),
            "--bind-address=" + (hasIpv6() ? kind.everyAddress() : "127.0.0.1"),
            // The first login of a driver under emulation takes longer than the usual 10 s.
            "--connect-timeout=300",
            "--net-read-timeout=300",
            "--net-write-timeout=300",
            "--innodb-flush-log-at-trx-commit=0"));
    options.forEach((name, value) -> command.add("--" + name + "=" + value));
    return command;
  }

  private static boolean hasIpv6() throws IOException {
    Path addresses = Path.of("/proc/net/if_inet6");
    return Files.exists(addresses) && !Files.readString(addresses).isBlank();
  }

  /**
   * A port that no client gets by chance: below the range that the kernel gives away by itself
   * (ip_local_port_range, 32768 on). A client's own port equal to the server's would pass for one.
   */
  static int freePort() throws IOException {
    for (int attempt = 0; attempt < 100; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Taken: try another.
      }
    }
    throw new IOException("no free port between 20000 and 30000");
  }

  private EmbeddedServer awaitGreeting() throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!greets()) {
      String complaint =
          !process.isAlive()
              ? "ended with status " + process.exitValue()
              : System.nanoTime() > deadline ? "did not greet in " + START_SECONDS + " s" : "";
      if (!complaint.isEmpty()) {
        String tail = ServerCommand.tail(directory.resolve(LOG));
        close();
        throw new IOException(kind.label() + " at " + address + " " + complaint + "; " + tail);
      }
      pause();
    }
    return this;
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a server starts", e);
    }
  }

  /** The port opens before the server is ready; the greeting comes after. */
  private boolean greets() {
    try (Socket socket = new Socket()) {
      socket.connect(address, 1000);
      socket.setSoTimeout(START_SECONDS * 1000);
      return socket.getInputStream().read() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  public ServerKind kind() {
    return kind;
  }

  public int port() {
    return address.getPort();
  }

  /** Address for clients, of loopback unless it is on a host of its own. */
  public String address() {
    return address.getAddress().getHostAddress();
  }

  /** Process id, for those who look at the process from outside. */
  public long pid() {
    return process.pid();
  }

  /** Where its files are, its data in a folder of it. */
  public Path directory() {
    return directory;
  }

  /** Its unix-domain socket. */
  public Path socket() {
    return directory.resolve("socket");
  }

  /** URL for MariaDB Connector/J, which speaks to every kind, with further driver options. */
  public String jdbcUrl(String schema, String options) {
    return "jdbc:mariadb://"
        + address()
        + ":"
        + port()
        + "/"
        + schema
        + "?sslMode=disable&"
        + options;
  }

  /** The program that it runs. */
  public Path binary() {
    return Path.of(command.get(0));
  }

  /** All that it has said, in all of its lives. */
  public String log() throws IOException {
    return Files.readString(directory.resolve(LOG), StandardCharsets.ISO_8859_1);
  }

  /** Asks the server to shut down and waits within bounds; its data stays. */
  public void end() {
    Leftovers.end(process);
  }

  /** Its exit status, once it has ended. */
  public int exitStatus() {
    return process.exitValue();
  }

  /** Ends it, and removes its data. */
  @Override
  public void close() throws IOException {
    end();
    Leftovers.delete(directory);
  }
}
