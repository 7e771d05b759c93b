package io.mysqlwire.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A network namespace of its own for one test, made with iproute2; needs root. */
public final class NetworkNamespace implements AutoCloseable {
  private static final int SECONDS = 60;

  private final String name;

  private NetworkNamespace(String name) {
    this.name = name;
  }

  /** Makes one whose loopback interface is up. */
  public static NetworkNamespace create(String purpose) throws IOException {
    String name = "mysqlwire-" + ProcessHandle.current().pid() + "-" + purpose;
    run(List.of("ip", "netns", "add", name));
    NetworkNamespace namespace = new NetworkNamespace(name);
    namespace.ip("link set lo up");
    return namespace;
  }

  /** Joins two by a cable; the names are those of its ends. */
  public static void join(
      NetworkNamespace one, String oneEnd, NetworkNamespace other, String otherEnd)
      throws IOException {
    one.ip("link add " + oneEnd + " type veth peer name " + otherEnd + " netns " + other.name);
    for (String[] end : new String[][] {{one.name, oneEnd}, {other.name, otherEnd}}) {
      run(List.of("ip", "-n", end[0], "link", "set", end[1], "addrgenmode", "none"));
      run(List.of("ip", "-n", end[0], "link", "set", end[1], "up"));
    }
  }

  /** Joins one to the network namespace of this process, by a cable. */
  void joinHere(String end, String hereEnd) throws IOException {
    run(List.of("ip", "link", "add", hereEnd, "type", "veth", "peer", end, "netns", name));
    run(List.of("ip", "link", "set", hereEnd, "addrgenmode", "none"));
    run(List.of("ip", "link", "set", hereEnd, "up"));
    ip("link set " + end + " addrgenmode none");
    ip("link set " + end + " up");
  }

  /** Runs {@code ip} in it, with arguments that have no spaces. */
  public void ip(String arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip", "-n", name));
    command.addAll(List.of(arguments.split(" ", -1)));
    run(command);
  }

  /** A command line that runs another one in it. */
  public List<String> command(List<String> inside) {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", name));
    command.addAll(inside);
    return command;
  }

  /** The same, without the other /sys that iproute2 mounts, where cgroups can't be seen. */
  public List<String> entering(List<String> inside) {
    List<String> command = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + name, "--"));
    command.addAll(inside);
    return command;
  }

  /** Its number, as in /proc/PID/ns/net. */
  public String number() throws IOException {
    String link = run(command(List.of("readlink", "/proc/self/ns/net"))).strip();
    return link.substring("net:[".length(), link.length() - 1);
  }

  /** Runs a command to its end; what it said, or an exception with it. */
  static String run(List<String> command) throws IOException {
    return outcome(command, Leftovers.start(new ProcessBuilder(command).redirectErrorStream(true)));
  }

  private static String outcome(List<String> command, Process process) throws IOException {
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + " failed: " + said);
      }
      return said;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted during " + String.join(" ", command), e);
    } finally {
      Leftovers.end(process);
    }
  }

  @Override
  public void close() throws IOException {
    List<String> command = List.of("ip", "netns", "delete", name);
    // Also while this JVM ends, when there may be no new leftovers.
    outcome(command, new ProcessBuilder(command).redirectErrorStream(true).start());
  }
}
