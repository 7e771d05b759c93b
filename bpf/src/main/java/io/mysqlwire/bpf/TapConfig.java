package io.mysqlwire.bpf;

import java.nio.file.Path;

/**
 * What to watch and how much room to give it.
 *
 * @param ports server ports to watch
 * @param tap which tap to use
 * @param cgroup directory of the cgroup v2 hierarchy whose sockets are watched
 * @param ipv4Prefix length of the network that IPv4 backends are counted by, 0 to 32
 * @param ipv6Prefix the same for IPv6, 0 to 128
 * @param users whether the account name is part of the key
 * @param proxyProtocol whether backends are those that a PROXY protocol header names
 * @param maxBackends distinct {@link Backend}s; past it they count as {@code other}
 * @param maxConnections connections that the gauges can follow at once
 * @param maxErrors distinct (backend, type, code) of errors
 * @param tls whether encrypted connections are read, with the tracing tap
 * @param acceptFaults whether to attach also where the kernel may have a known fault
 */
public record TapConfig(
    WatchedPorts ports,
    TapChoice tap,
    Path cgroup,
    int ipv4Prefix,
    int ipv6Prefix,
    boolean users,
    boolean proxyProtocol,
    int maxBackends,
    int maxConnections,
    int maxErrors,
    boolean tls,
    boolean acceptFaults) {

  /** Enough to see a deployment with a wrong password, and little for who makes up names. */
  private static final int BACKENDS_PER_REFUSED = 8;

  /** Encrypted connections are read where they can be, and no fault is accepted. */
  public TapConfig(
      WatchedPorts ports,
      TapChoice tap,
      Path cgroup,
      int ipv4Prefix,
      int ipv6Prefix,
      boolean users,
      boolean proxyProtocol,
      int maxBackends,
      int maxConnections,
      int maxErrors) {
    this(
        ports,
        tap,
        cgroup,
        ipv4Prefix,
        ipv6Prefix,
        users,
        proxyProtocol,
        maxBackends,
        maxConnections,
        maxErrors,
        true,
        false);
  }

  /**
   * Distinct backends, on top of {@link #maxBackends}, whose account was never accepted; past it
   * refused logins count without a name.
   */
  public int maxRefused() {
    return maxRefused(maxBackends);
  }

  static int maxRefused(int maxBackends) {
    return Math.max(1, maxBackends / BACKENDS_PER_REFUSED);
  }

  /** The same with another tap. */
  TapConfig withTap(TapChoice other) {
    return new TapConfig(
        ports,
        other,
        cgroup,
        ipv4Prefix,
        ipv6Prefix,
        users,
        proxyProtocol,
        maxBackends,
        maxConnections,
        maxErrors,
        tls,
        acceptFaults);
  }
}
