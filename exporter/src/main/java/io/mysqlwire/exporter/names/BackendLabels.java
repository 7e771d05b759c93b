package io.mysqlwire.exporter.names;

import java.util.Optional;

/**
 * The reading of label {@code backend}, which has a network's first address only.
 *
 * @param ipv4Prefix length of the networks that IPv4 backends are counted by
 * @param ipv6Prefix the same for IPv6
 */
record BackendLabels(int ipv4Prefix, int ipv6Prefix) {
  /** Nothing for {@code other}. A link-local address has a name on whatever link it is. */
  Optional<Network> network(String backend) {
    int zone = backend.indexOf('%');
    try {
      Network address = Network.parse(zone < 0 ? backend : backend.substring(0, zone));
      int prefix = address.isIpv4() ? Network.IPV4_BITS + ipv4Prefix : ipv6Prefix;
      return Optional.of(address.truncated(prefix));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
