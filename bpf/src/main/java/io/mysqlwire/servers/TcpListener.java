package io.mysqlwire.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A TCP socket that listens, as everybody may read of it: proc(5), {@code net/tcp}.
 *
 * @param address as the kernel writes it: words in the host's order, each as a number in hex
 * @param port its number
 * @param queued connections that were made and not accepted yet (get_tcp4_sock(),
 *     net/ipv4/tcp_ipv4.c)
 * @param inode what the symbolic links of its descriptors name it by
 */
public record TcpListener(String address, int port, int queued, String inode) {
  /** TCP_LISTEN of include/net/tcp_states.h. */
  private static final String LISTEN = "0A";

  /** Those of the network namespace of a process, by its directory in /proc. */
  public static List<TcpListener> of(Path process) {
    List<TcpListener> listeners = new ArrayList<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      // Number, local address, remote address, state, queues, ..., inode as the tenth. Those that
      // listen come first, of however many: tcp_get_idx(), net/ipv4/tcp_ipv4.c.
      try (Stream<String> lines = Files.lines(process.resolve(table))) {
        lines
            .skip(1)
            .map(line -> line.strip().split("\\s+", 11))
            .takeWhile(fields -> fields.length > 9 && fields[3].equals(LISTEN))
            .forEach(fields -> listeners.add(of(fields)));
      } catch (IOException | UncheckedIOException e) {
        // It ended meanwhile, or there is no IPv6.
      }
    }
    return listeners;
  }

  private static TcpListener of(String[] fields) {
    String address = fields[1].substring(0, fields[1].indexOf(':'));
    return new TcpListener(address, number(fields[1]), number(fields[4]), fields[9]);
  }

  /** What follows the colon. */
  private static int number(String field) {
    return Integer.parseUnsignedInt(field, field.indexOf(':') + 1, field.length(), 16);
  }
}
