package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.ServerLabel;
import io.mysqlwire.exporter.servers.WatchedServer;
import io.mysqlwire.servers.ListeningSocket;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The servers that run here, under each name that other families have for them.
 *
 * <pre>{@code
 * # TYPE mysql_wire_server_info gauge
 * mysql_wire_server_info{server="10.0.0.7:3306",version="8.0.15",tls="opaque",} 1.0
 * }</pre>
 */
final class ServerInfoFamily {
  private ServerInfoFamily() {}

  static MetricFamilySamples collect(List<WatchedServer> servers, List<BackendCounters> backends) {
    Family family =
        Family.gauge(
            "mysql_wire_server_info",
            "A running server, always 1: where it listens, and for one that listens on every address"
                + " those that it was reached by; tls is readable, opaque, off or unknown.",
            List.of("server", "version", "tls"));
    if (servers.isEmpty()) {
      return family.build();
    }
    Set<String> named = new HashSet<>();
    Set<String> reached =
        backends.stream().map(counters -> counters.backend().server()).collect(Collectors.toSet());
    for (WatchedServer watched : servers) {
      for (String name : names(watched, reached)) {
        if (named.add(name)) { // a path may exist in two mount namespaces
          family.add(List.of(name, watched.server().version(), watched.encryption().label()), 1);
        }
      }
    }
    return family.build();
  }

  private static Set<String> names(WatchedServer watched, Set<String> reached) {
    Set<String> names = new TreeSet<>(watched.server().unixSockets());
    for (ListeningSocket socket : watched.server().sockets()) {
      names.add(ServerLabel.of(socket));
      if (socket.address().isAnyLocalAddress()) {
        reached.stream().filter(one -> ServerLabel.isThrough(socket, one)).forEach(names::add);
      }
    }
    return names;
  }
}
