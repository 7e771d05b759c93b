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
    int namespace = process.namespace("net").orElse(0);
    return TcpListener.of(process.directory()).stream()
        .filter(listener -> inodes.contains(listener.inode()))
        .map(listener -> socket(listener, namespace))
        .distinct()
        .toList();
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

  private static ListeningSocket socket(TcpListener listener, int namespace) {
    String address = listener.address();
    ByteBuffer bytes = ByteBuffer.allocate(address.length() / 2).order(ByteOrder.nativeOrder());
    for (int at = 0; at < address.length(); at += WORD_DIGITS) {
      bytes.putInt(Integer.parseUnsignedInt(address, at, at + WORD_DIGITS, 16));
    }
    try {
      return new ListeningSocket(
          InetAddress.getByAddress(bytes.array()), listener.port(), namespace);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are an address", e);
    }
  }
}
