package io.mysqlwire.failover;

import io.mysqlwire.testing.HostNetwork;
import io.mysqlwire.testing.Leftovers;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * HAProxy on this host and keepalived on both database hosts, with the files of {@code packaging/}
 * and those they are compared with. Only addresses are changed. Needs both on the path ({@code
 * dev.d/failover-tools}).
 */
final class Balancers implements AutoCloseable {
  private static final String SCRIPT = "/select-1";

  private final HostNetwork network;
  private final Path directory;
  private final Map<Way, String> addresses = new EnumMap<>(Way.class);
  private final List<Process> processes = new ArrayList<>();

  private Balancers(HostNetwork network) throws IOException {
    this.network = network;
    directory = Leftovers.directory("mysqlwire-balancers-");
    // Scripts run as nobody.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (Way way : Way.values()) {
      addresses.put(
          way,
          way.isHaproxy() ? "127.0.0.1:" + freePort() : network.address(way.place()) + ":3306");
    }
  }

  static Balancers start(HostNetwork network) throws IOException {
    Balancers balancers = new Balancers(network);
    try {
      Path script = Files.writeString(balancers.script(), resource("select-1"));
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
      balancers.startHaproxy();
      for (int host = 1; host <= Databases.COUNT; host++) {
        balancers.startKeepalived(host);
      }
      return balancers;
    } catch (IOException e) {
      balancers.close();
      throw e;
    }
  }

  private void startHaproxy() throws IOException {
    Path ours = file("haproxy.cfg", packaged("failover/haproxy.cfg"));
    Path others = file("others.cfg", resource("haproxy.cfg"));
    start("haproxy", List.of("haproxy", "-db", "-f", ours.toString(), "-f", others.toString()));
  }

  private void startKeepalived(int host) throws IOException {
    String text = packaged("failover/keepalived.conf") + resource("keepalived.conf");
    String name = "keepalived" + host;
    Path file = file(name, host == 1 ? text : text.replace("priority 150", "priority 100"));
    start(
        name,
        network
            .host(host)
            .entering(
                List.of(
                    "keepalived",
                    "--dont-fork",
                    "--log-console",
                    "--vrrp",
                    "--use-file=" + file,
                    "--pid=" + directory.resolve(name + ".pid"),
                    "--vrrp_pid=" + directory.resolve(name + ".vrrp.pid"))));
  }

  private void start(String name, List<String> command) throws IOException {
    Path log = directory.resolve(name + ".log");
    processes.add(
        Leftovers.start(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()))));
  }

  /** The addresses of a file of ours are those of somebody else's network. */
  private Path file(String name, String text) throws IOException {
    String ours = text.replace(SCRIPT, script().toString());
    for (Way way : Way.values()) {
      if (way.isHaproxy()) {
        ours = ours.replace("bind 127.0.0.1:" + way.place(), "bind " + address(way));
      }
    }
    String range = network.address(0).substring(0, network.address(0).length() - 1);
    return Files.writeString(directory.resolve(name), ours.replace("10.0.0.", range));
  }

  private Path script() {
    return directory.resolve("select-1");
  }

  private static String packaged(String name) throws IOException {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("packaging"))) {
      directory = directory.resolve("..").normalize();
    }
    return Files.readString(directory.resolve("packaging").resolve(name));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Balancers.class.getResourceAsStream("/failover/" + name)) {
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Where clients connect to, host and port. */
  String address(Way way) {
    return addresses.getOrDefault(way, "");
  }

  /** All that they have said. */
  String logs() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : List.of("haproxy", "keepalived1", "keepalived2")) {
      all.append(Files.readString(directory.resolve(name + ".log"))).append('\n');
    }
    return all.toString();
  }

  @Override
  public void close() throws IOException {
    processes.forEach(Leftovers::end);
    Leftovers.delete(directory);
  }
}
