package io.mysqlwire.exporter.names;

/** Where names come from, chosen before it is known how the kernel programs write backends. */
@FunctionalInterface
public interface NameSource {
  /** Backends have no names. */
  NameSource NONE = (ipv4Prefix, ipv6Prefix, maxBackends) -> BackendNames.NONE;

  /** Reverse lookups through the host's own resolver. */
  NameSource DNS =
      (ipv4Prefix, ipv6Prefix, maxBackends) ->
          new DnsNames(new BackendLabels(ipv4Prefix, ipv6Prefix), maxBackends);

  /**
   * Begins to name backends.
   *
   * @param ipv4Prefix length of the networks that IPv4 backends are counted by
   * @param ipv6Prefix the same for IPv6
   * @param maxBackends backends that there may be
   */
  BackendNames open(int ipv4Prefix, int ipv6Prefix, int maxBackends);
}
