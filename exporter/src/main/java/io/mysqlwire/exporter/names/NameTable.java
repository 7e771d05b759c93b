package io.mysqlwire.exporter.names;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names by network; of the networks that contain a backend, the longest one names it. */
final class NameTable {
  private final Map<Network, String> names;
  private final List<Integer> lengths;

  NameTable(Map<Network, String> names) {
    this.names = new HashMap<>(names);
    lengths =
        names.keySet().stream()
            .map(Network::prefix)
            .distinct()
            .sorted(Comparator.reverseOrder())
            .toList();
  }

  Optional<String> find(Network backend) {
    for (int length : lengths) {
      // The IPv6 network ::/0 has all IPv4 addresses in it, but who writes it means none of them.
      boolean sameFamily = !backend.isIpv4() || length >= Network.IPV4_BITS;
      if (length <= backend.prefix() && sameFamily) {
        String name = names.get(backend.truncated(length));
        if (name != null) {
          return Optional.of(name);
        }
      }
    }
    return Optional.empty();
  }

  int size() {
    return names.size();
  }
}
