package io.mysqlwire.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Sockets that a process listens on, by its descriptors; for those who may look at them. */
final class OpenSockets {
  /** TCP_LISTEN of include/net/tcp_states.h. */
  private static final String LISTEN = "0A";

  /** __SO_ACCEPTCON of include/uapi/linux/net.h, as net/unix has it. */
  private static final String ACCEPTS = "00010000";

  private static final int WORD_DIGITS = 8;

  private final ServerProcess process;
  private final Set<String> inodes;

  private OpenSockets(ServerProcess process, Set<String> inodes) {
    this.process = process;
    this.inodes = inodes;
  }

  /** Those of this process; empty when they are not for us to look at. */
  static Optional<OpenSockets> of(ServerProcess process) {
    Set<String> inodes = new HashSet<>();
    Path descriptors = process.directory().resolve("fd");
    try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
      for (Path descriptor : open) {
        inode(descriptor).ifPresent(inodes::add);
      }
      return Optional.of(new OpenSockets(process, inodes));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> inode(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("socket:[")
          ? Optional.of(target.substring("socket:[".length(), target.length() - 1))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // it was closed meanwhile
    }
  }

  List<ListeningSocket> tcp() {
    Set<ListeningSocket> sockets = new HashSet<>();
    int namespace = process.namespace("net").orElse(0);
    for (String table : List.of("net/tcp", "net/tcp6")) {
      // Number, local address, remote address, state, ..., inode as the tenth. Those that listen
      // come first, of however many: tcp_get_idx(), net/ipv4/tcp_ipv4.c.
      try (Stream<String> lines = Files.lines(table(table))) {
        lines
            .skip(1)
            .map(line -> line.strip().split("\\s+", 11))
            .takeWhile(fields -> fields.length > 9 && fields[3].equals(LISTEN))
            .filter(fields -> inodes.contains(fields[9]))
            .forEach(fields -> sockets.add(socket(fields[1], namespace)));
      } catch (IOException | UncheckedIOException e) {
        // It ended meanwhile, or there is no IPv6.
      }
    }
    return List.copyOf(sockets);
  }

  /** Paths, as the process sees them. */
  List<String> unix() {
    Set<String> paths = new HashSet<>();
    // Address, reference count, protocol, flags, type, state, inode, path.
    try (Stream<String> lines = Files.lines(table("net/unix"))) {
      lines
          .skip(1)
          .map(line -> line.split("\\s+", 8))
          .filter(fields -> fields.length == 8 && fields[3].equals(ACCEPTS))
          .filter(fields -> inodes.contains(fields[6]))
          .forEach(fields -> paths.add(fields[7]));
    } catch (IOException | UncheckedIOException e) {
      // It ended meanwhile.
    }
    return paths.stream().sorted().toList();
  }

  private Path table(String name) {
    return process.directory().resolve(name);
  }

  /** The kernel writes an address as words in the host's order, each as a number. */
  private static ListeningSocket socket(String local, int namespace) {
    int colon = local.indexOf(':');
    ByteBuffer bytes = ByteBuffer.allocate(colon / 2).order(ByteOrder.nativeOrder());
    for (int at = 0; at < colon; at += WORD_DIGITS) {
      bytes.putInt(Integer.parseUnsignedInt(local, at, at + WORD_DIGITS, 16));
    }
    int port = Integer.parseInt(local, colon + 1, local.length(), 16);
    try {
      return new ListeningSocket(InetAddress.getByAddress(bytes.array()), port, namespace);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are an address", e);
    }
  }
}
