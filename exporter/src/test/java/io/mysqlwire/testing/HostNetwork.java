package io.mysqlwire.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Hosts on one switch, each a network namespace, and this machine beside them. Needs root. What
 * runs on a host has to end before the network is closed.
 */
public final class HostNetwork implements AutoCloseable {
  /** Of RFC 2544, for benchmarks: nobody's. */
  private static final String RANGE = "198.18.";

  private static final int HERE = 254;

  private final long pid = ProcessHandle.current().pid();
  private final List<NetworkNamespace> hosts = new ArrayList<>();
  private final NetworkNamespace wires;
  private final Thread atExit = new Thread(this::closeAtExit, "close-host-network");
  private boolean isJoinedHere;

  private HostNetwork() throws IOException {
    wires = NetworkNamespace.create("switch");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Joins so many hosts, which are numbered from 1. */
  public static HostNetwork of(int hosts) throws IOException {
    HostNetwork network = new HostNetwork();
    try {
      network.joinHere();
      for (int host = 1; host <= hosts; host++) {
        network.join(host);
      }
      return network;
    } catch (IOException e) {
      network.close();
      throw e;
    }
  }

  private void joinHere() throws IOException {
    wires.ip("link add switch type bridge");
    wires.ip("link set switch up");
    String device = "mwire" + pid;
    wires.joinHere("here", device);
    isJoinedHere = true;
    wires.ip("link set here master switch");
    NetworkNamespace.run(List.of("ip", "address", "add", here() + "/24", "dev", device));
  }

  private void join(int number) throws IOException {
    NetworkNamespace host = NetworkNamespace.create("host" + number);
    hosts.add(host);
    NetworkNamespace.join(host, "eth0", wires, "port" + number);
    wires.ip("link set port" + number + " master switch");
    host.ip("address add " + address(number) + "/24 dev eth0");
  }

  /** A host, from 1. */
  public NetworkNamespace host(int number) {
    return hosts.get(number - 1);
  }

  /** Its address; those from 100 on are free for whoever wants one. */
  public String address(int number) {
    return RANGE + pid % 256 + "." + number;
  }

  /** The address of this machine there. */
  public String here() {
    return address(HERE);
  }

  /** Host parts of accounts for clients of its hosts and of loopback. */
  List<String> accountHosts() {
    List<String> all = new ArrayList<>(EmbeddedServer.LOOPBACK_HOSTS);
    all.add(address(0) + "/255.255.255.0");
    return all;
  }

  private void closeAtExit() {
    try {
      delete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(atExit);
    if (isJoinedHere) {
      // The kernel takes its time over what a namespace had, and the name is wanted again.
      wires.ip("link delete here");
    }
    delete();
  }

  private void delete() throws IOException {
    for (NetworkNamespace host : hosts) {
      host.close();
    }
    wires.close();
  }
}
