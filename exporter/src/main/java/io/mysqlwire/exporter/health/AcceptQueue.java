package io.mysqlwire.exporter.health;

import io.mysqlwire.servers.ListeningSocket;
import io.mysqlwire.servers.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Connections that the kernel has made and a server has not taken yet: the receive queue of a
 * listening socket (get_tcp4_sock(), net/ipv4/tcp_ipv4.c), which everybody may read.
 */
final class AcceptQueue {
  /** TCP_LISTEN of include/net/tcp_states.h. */
  private static final String LISTEN = "0A";

  private final ServerProcess process;
  private final Set<Integer> ports;

  AcceptQueue(ServerProcess process, List<ListeningSocket> sockets) {
    this.process = process;
    this.ports = sockets.stream().map(ListeningSocket::port).collect(Collectors.toSet());
  }

  /** How many there are now, on all of its ports. */
  int length() {
    return length("net/tcp") + length("net/tcp6");
  }

  private int length(String table) {
    // Number, local address, remote address, state, queues. Those that listen come first.
    try (Stream<String> lines = Files.lines(process.directory().resolve(table))) {
      return lines
          .skip(1)
          .map(line -> line.strip().split("\\s+", 6))
          .takeWhile(fields -> fields.length > 5 && fields[3].equals(LISTEN))
          .filter(fields -> ports.contains(number(fields[1])))
          .mapToInt(fields -> number(fields[4]))
          .sum();
    } catch (IOException | UncheckedIOException | NumberFormatException e) {
      return 0; // it has ended, or there is no IPv6
    }
  }

  /** What follows the colon, in hex. */
  private static int number(String field) {
    return Integer.parseInt(field, field.indexOf(':') + 1, field.length(), 16);
  }
}
