package io.mysqlwire.exporter.cli;

import io.mysqlwire.bpf.ServerLabel;
import io.mysqlwire.exporter.servers.WatchedServer;
import io.mysqlwire.servers.ListeningSocket;
import io.mysqlwire.servers.RunningServer;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The servers that run here, as {@code check} lists them. */
final class ServerTable {
  private static final List<String> HEADINGS =
      List.of("SERVER", "VERSION", "LISTENS ON", "SOCKET", "TLS", "READABLE", "A DEFAULT CLIENT");
  private static final String GAP = "  ";

  private ServerTable() {}

  static void print(List<WatchedServer> servers, PrintStream out) {
    if (servers.isEmpty()) {
      out.println("servers: no mysqld or mariadbd can be seen now; counting starts with it");
      return;
    }
    List<List<String>> rows = new ArrayList<>(List.of(HEADINGS));
    servers.forEach(server -> rows.add(row(server)));
    int[] widths =
        IntStream.range(0, HEADINGS.size())
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toArray();
    for (List<String> row : rows) {
      out.println(
          IntStream.range(0, row.size())
              .mapToObj(i -> row.get(i) + " ".repeat(widths[i] - row.get(i).length()))
              .collect(Collectors.joining(GAP))
              .stripTrailing());
    }
  }

  private static List<String> row(WatchedServer watched) {
    RunningServer server = watched.server();
    String upgraded =
        server.executable().filter(file -> file.deleted()).isPresent() ? " (replaced)" : "";
    return List.of(
        server.process().name() + " " + server.process().pid() + upgraded,
        orUnknown(server.version()),
        listed(server.sockets().stream().map(ServerTable::address).sorted().toList()),
        listed(server.unixSockets()),
        orUnknown(server.tlsLibrary()),
        readable(watched),
        server.defaultClient());
  }

  private static String address(ListeningSocket socket) {
    return ServerLabel.of(socket);
  }

  private static String readable(WatchedServer watched) {
    return switch (watched.encryption()) {
      case READABLE -> "yes";
      case OFF -> "yes: it offers no TLS";
      case OPAQUE -> "not with TLS: " + watched.readability().reason();
      case UNKNOWN -> "unknown: " + watched.readability().reason();
    };
  }

  private static String listed(List<String> several) {
    return several.isEmpty() ? "-" : String.join(", ", several);
  }

  private static String orUnknown(String text) {
    return text.isEmpty() ? "unknown" : text;
  }
}
